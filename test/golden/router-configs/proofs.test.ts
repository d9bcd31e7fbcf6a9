import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { routerTypes } from '../../../src/contract/router-types.ts'
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

test('the lines for the shell are a script', () => {
  const paths = globSync('*/*.txt', { cwd: fileURLToPath(folder) })
  const scripts = paths.flatMap((path) => {
    const text = readFileSync(new URL(path, folder), 'utf8')
    const lines = [...marked(text, '!$'), ...marked(text, '#$')]
    return lines.length > 0 ? [{ path, script: lines.join('\n') }] : []
  })
  assert.ok(scripts.length >= 27)
  for (const { path, script } of scripts)
    assert.doesNotThrow(() => execFileSync('/bin/sh', ['-n'], { input: script, stdio: 'pipe' }), path)
})
