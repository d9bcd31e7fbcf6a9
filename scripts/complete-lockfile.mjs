// Packages such as biome bring one optional package per platform. Where a registry lacks some of them (a mirror often does),
// `npm install` silently leaves these out of package-lock.json, and from then on `npm ci` refuses the lockfile, on every
// platform. This writes them in: version from the package that asks for it, platform from its name. `--check` only complains.
import { readFileSync, writeFileSync } from 'node:fs'

const systems = /\b(linux|darwin|win32|android|freebsd|openbsd|netbsd|sunos|aix|openharmony)\b/
const processors = /\b(x64|arm64|arm|ia32|ppc64|riscv64|s390x|loong64|mips64el|wasm32)\b/
const libraries = [
  { name: /musl/, libc: 'musl' },
  { name: /-gnu/, libc: 'glibc' },
]

const path = new URL('../package-lock.json', import.meta.url)
const lock = JSON.parse(readFileSync(path, 'utf8'))

const absent = Object.values(lock.packages)
  .flatMap(({ optionalDependencies = {}, ...parent }) =>
    Object.entries(optionalDependencies).map(([name, version]) => ({ name, version, parent })),
  )
  .filter(({ name }) => !Object.keys(lock.packages).some((place) => place.endsWith(`node_modules/${name}`)))

if (absent.length === 0) process.exit(0)
if (process.argv.includes('--check')) {
  console.error(`package-lock.json lacks ${absent.map(({ name }) => name).join(', ')}. \`npm run fix\` adds them`)
  process.exit(1)
}
for (const { name, version, parent } of absent) {
  const system = systems.exec(name)?.[0]
  const processor = processors.exec(name)?.[0]
  if (!/^\d/.test(version) || (system === undefined && processor === undefined)) {
    console.error(`package-lock.json lacks ${name}@${version}, and its platform cannot be told from its name`)
    process.exit(1)
  }
  const library = libraries.find((candidate) => candidate.name.test(name))?.libc
  lock.packages[`node_modules/${name}`] = {
    version,
    ...(processor && { cpu: [processor] }),
    ...(parent.dev && { dev: true }),
    ...(library && { libc: [library] }),
    optional: true,
    ...(system && { os: [system] }),
  }
}
lock.packages = Object.fromEntries(Object.entries(lock.packages).toSorted(([a], [b]) => (a < b ? -1 : 1)))
writeFileSync(path, `${JSON.stringify(lock, undefined, 2)}\n`)
console.error(`package-lock.json: added ${absent.length} platform packages`)
