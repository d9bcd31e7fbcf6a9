// Installs the dependencies when they are missing or stale, then gets out of the way: `npm start` and `npm test` run this
// first, so that a fresh clone needs nothing but Node >= 20 and npm. It runs on the system's Node, not on ours, because it is
// what brings ours: the package `node` delivers Node 26 through an install script. Nothing here may need a dependency.
//
// When nothing is to do it reads two small files and ends. Exit code 2: the reader of the message has to do something.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const modules = join(root, 'node_modules')
const ownNode = join(modules, '.bin', 'node')
const stampFile = join(modules, '.crossconnect-stamp')
const lockFolder = join(root, '.crossconnect')
const lockFile = join(lockFolder, 'install.lock')
const lockExpiresAfterMs = 10 * 60_000

const say = (text) => process.stderr.write(`crossconnect: ${text}\n`)
const stop = (text) => {
  say(text)
  process.exit(2)
}

if (Number(process.versions.node.split('.')[0]) < 20) {
  stop(`Node 20 or newer is needed, this is ${process.version}; see https://nodejs.org/en/download`)
}

const packageLock = readFileSync(join(root, 'package-lock.json'))
const stamp = [createHash('sha256').update(packageLock).digest('hex'), process.platform, process.arch].join(' ')

if (!isStamped()) await install()

function isStamped() {
  return existsSync(ownNode) && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp
}

async function install() {
  if (!(await lock())) return
  process.on('exit', unlock)
  if (!isInstalledByHand()) await runNpm()
  await proveOwnNode()
  writeFileSync(stampFile, stamp)
}

/** Somebody ran `npm ci` or `npm install` themselves: npm's own record of what it installed agrees with the lockfile. */
function isInstalledByHand() {
  const record = join(modules, '.package-lock.json')
  if (!existsSync(ownNode) || !existsSync(record)) return false
  const installed = JSON.parse(readFileSync(record, 'utf8')).packages
  return Object.entries(JSON.parse(packageLock).packages).every(([path, wanted]) => {
    if (path === '') return true
    const found = installed[path]
    return found ? found.version === wanted.version && found.integrity === wanted.integrity : wanted.optional === true
  })
}

async function runNpm() {
  const startedAt = Date.now()
  say('installing the dependencies (about 20 s, once) …')
  // Development dependencies are always needed (Node itself is one), also where NODE_ENV=production makes npm leave them out.
  const options = ['ci', '--include=dev', '--loglevel=error', '--no-progress', '--no-audit', '--no-fund']
  const npmCli = process.env.npm_execpath?.endsWith('npm-cli.js') ? process.env.npm_execpath : undefined
  const [code] = npmCli ? await run(process.execPath, [npmCli, ...options]) : await run('npm', options)
  if (code !== 0) stop('`npm ci` failed; its reason is above. Mend it, then run the same command again')
  say(`installed in ${Math.round((Date.now() - startedAt) / 1000)} s`)
}

async function proveOwnNode() {
  if (!existsSync(ownNode)) {
    stop(
      'npm installed the packages without running their install scripts, one of which brings Node 26. Run ' +
        '`npm ci --include=dev --ignore-scripts=false` once, then the same command again',
    )
  }
  let [code, output] = await run(ownNode, ['--version'], 'pipe')
  if (code !== 0 && output.includes('libatomic.so.1') && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    say('installing the Debian package libatomic1, which Node 26 needs …')
    const install = ['-q', '-y', '-o', 'DPkg::Lock::Timeout=300', 'install', '--no-install-recommends', 'libatomic1']
    if ((await run('apt-get', install, 'pipe'))[0] !== 0) {
      await run('apt-get', ['-q', 'update'], 'pipe')
      await run('apt-get', install, 'pipe')
    }
    ;[code, output] = await run(ownNode, ['--version'], 'pipe')
  }
  if (code === 0) return
  if (output.includes('libatomic.so.1')) {
    stop('Node 26 needs the library libatomic.so.1. Run `sudo apt-get install libatomic1`, then the same command again')
  }
  stop(`Node 26 does not run on this machine (${process.platform} ${process.arch}): ${output.trim().split('\n')[0]}`)
}

/** Runs a command to its end; its complaints are shown, or all it writes is returned. It does not outlive this process. */
async function run(command, parameters, output = 'show') {
  const { spawn } = await import('node:child_process')
  const path = process.env.PATH.split(delimiter).filter((folder) => !folder.startsWith(modules))
  const child = spawn(command, parameters, {
    cwd: root,
    stdio: output === 'show' ? ['ignore', 'ignore', 2] : ['ignore', 'pipe', 'pipe'],
    // Without our own node_modules/.bin: the Node in it comes and goes during an installation.
    env: { ...process.env, PATH: path.join(delimiter), DEBIAN_FRONTEND: 'noninteractive' },
  })
  let stoppedBy
  const passOn = (signal) => {
    stoppedBy = signal
    child.kill(signal)
  }
  process.on('SIGTERM', passOn).on('SIGINT', passOn)
  let text = ''
  child.stdout?.on('data', (data) => (text += data))
  child.stderr?.on('data', (data) => (text += data))
  const code = await new Promise((resolve) => {
    child.on('error', (error) => {
      text += error.message
      resolve(127)
    })
    child.on('close', resolve)
  })
  process.off('SIGTERM', passOn).off('SIGINT', passOn)
  if (stoppedBy) process.exit(stoppedBy === 'SIGINT' ? 130 : 143)
  return [code, text]
}

/** False when another process has meanwhile done the work. A lock whose process is gone does not count. */
async function lock() {
  let told = false
  while (!tryLock()) {
    if (isLockDead()) rmSync(lockFile, { force: true })
    else {
      if (!told) say('waiting for another process that is installing the dependencies …')
      told = true
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
  }
  if (!isStamped()) return true
  unlock()
  return false
}

function tryLock() {
  try {
    mkdirSync(lockFolder, { recursive: true, mode: 0o700 })
    writeFileSync(lockFile, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    // ENOENT: the process that had the lock removed the empty folder just now.
    if (error.code === 'EEXIST' || error.code === 'ENOENT') return false
    throw error
  }
}

function isLockDead() {
  try {
    if (Date.now() - statSync(lockFile).mtimeMs > lockExpiresAfterMs) return true
    const pid = Number(readFileSync(lockFile, 'utf8'))
    if (pid === 0) return false // just created, its number is not written yet
    if (pid === process.pid) return true
    process.kill(pid, 0)
    return false
  } catch (error) {
    return error.code === 'ESRCH'
  }
}

function unlock() {
  rmSync(lockFile, { force: true })
  try {
    rmdirSync(lockFolder)
  } catch {
    // It holds data: it stays.
  }
}
