import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import * as fc from 'fast-check'
import { routerTypes } from '../../../src/contract/router-types.ts'
import { renderers } from '../../../src/product/router-configs/renderers.ts'
import { exampleSetup } from '../../../src/product/router-configs/setup.test-fixture.ts'
import type { Carrier, MacSec } from '../../../src/product/router-configs/setup.ts'
import { example, examplePeer } from '../../../src/product/virtual-interfaces/example.test-fixture.ts'
import { skipWithout } from '../../tools/clients.ts'
import { marked, proofs, withChoices } from './proofs.ts'

const folder = new URL('./', import.meta.url)

for (const { alias, routerTypeIdentifier } of routerTypes) {
  const proof = proofs[alias]
  if (proof === null) continue
  const texts = globSync(`${routerTypeIdentifier}/*.txt`, { cwd: fileURLToPath(folder) })
    .toSorted()
    .map((path) => ({ path, text: readFileSync(new URL(path, folder), 'utf8') }))

  test(`every configuration for ${routerTypeIdentifier} is ${proof.says}`, skipWithout(alias, proof.program), () => {
    assert.ok(texts.length >= 8)
    for (const { path, text } of texts) {
      assert.doesNotThrow(() => proof.check(text), path)
      assert.doesNotThrow(() => proof.check(withChoices(text)), `${path}, with all that can be chosen`)
    }
  })

  test(`a mistake in a configuration for ${routerTypeIdentifier} is noticed`, skipWithout(alias, proof.program), () => {
    const [word, wrong] = proof.mistake
    for (const { path, text } of texts)
      for (const broken of [text.replaceAll(word, wrong), `${text}\nno such statement at all\n`])
        assert.throws(() => proof.check(broken), path)
  })
}

test('whatever name and key a customer chooses, the programs take the configuration', () => {
  const key = fc.stringMatching(/^[!-~]{6,80}$/)
  const anything = fc.string({ unit: 'binary', minLength: 1, maxLength: 100 })
  const checks = routerTypes.flatMap(({ alias }) => {
    const proof = proofs[alias]
    return proof?.program === undefined ? [] : [{ alias, check: proof.check }]
  })
  fc.assert(
    fc.property(anything, key, (name, authKey) => {
      const setup = exampleSetup({ ...example, name }, [{ ...examplePeer, authKey }])
      for (const { alias, check } of checks)
        assert.doesNotThrow(() => check(renderers[alias](setup)), `${alias}, ${authKey}`)
    }),
    { numRuns: 6 },
  )
})

test('whatever carries a virtual interface, and however that encrypts, the programs take the configuration', () => {
  const lag = { kind: 'lag', id: 'dxlag-f0000001', minimumLinks: 1 } as const
  const carriers: readonly Carrier[] = [
    { kind: 'port', id: 'dxcon-f0000001', bandwidth: '100Gbps' },
    ...[0, 1, 4].map((count) => ({
      ...lag,
      bandwidth: '10Gbps',
      memberIds: Array.from({ length: count }, (_, index) => `dxcon-f000000${index}`),
    })),
  ]
  const keyNames = ['0', '1', '2'].map((digit) => digit.repeat(64))
  const macSecs: readonly (MacSec | null)[] = [
    null,
    { mode: 'no_encrypt', keyNames, cipherSuite: 'GCM-AES-256' },
    { mode: 'should_encrypt', keyNames: [], cipherSuite: 'GCM-AES-256' },
    { mode: 'must_encrypt', keyNames, cipherSuite: 'GCM-AES-256' },
    { mode: 'must_encrypt', keyNames, cipherSuite: 'GCM-AES-XPN-256' },
  ]
  const announced = Array.from({ length: 200 }, (_, index) => `10.${index}.0.0/16`)
  for (const carrier of carriers)
    for (const macSec of macSecs) {
      const setup = exampleSetup({ ...example, siteLinkEnabled: macSec === null }, [examplePeer], {
        carrier,
        macSec,
        announced,
      })
      for (const { alias } of routerTypes) {
        const text = renderers[alias](setup)
        const proof = proofs[alias]
        const told = `${alias}, ${carrier.kind}, ${macSec?.mode}`
        if (proof?.program !== undefined) assert.doesNotThrow(() => proof.check(withChoices(text)), told)
        assert.doesNotThrow(() => readByShell([...marked(text, '!$'), ...marked(text, '#$')]), told)
        assert.doesNotMatch(text, /undefined|NaN|\[object/, told)
      }
    }
})

test('the lines for the shell are a script', () => {
  const paths = globSync('*/*.txt', { cwd: fileURLToPath(folder) })
  const scripts = paths.flatMap((path) => {
    const text = readFileSync(new URL(path, folder), 'utf8')
    const lines = [...marked(text, '!$'), ...marked(text, '#$')]
    return lines.length > 0 ? [{ path, script: lines }] : []
  })
  assert.ok(scripts.length >= 27)
  for (const { path, script } of scripts) assert.doesNotThrow(() => readByShell(script), path)
})

function readByShell(lines: readonly string[]): void {
  if (lines.length > 0) execFileSync('/bin/sh', ['-n'], { input: lines.join('\n'), stdio: 'pipe' })
}
