// Dots while the tests run, then each failure in full, then Node's own closing lines (`ℹ tests 12`, `ℹ pass 12`, …) last, where
// people and CI look for them: the built-in `spec` reporter prints them before the failures, `dot` not at all. The checks that
// failed before these tests (environment variable FAILED_CHECKS) are named once more just above.
//
// All tests share one process, which ends by itself. What a test leaves open would keep it alive for ever, in silence, so this
// also watches for that.
import { dot } from 'node:test/reporters'

const patienceMs = 15_000
const closingLine = /^(tests|suites|pass|fail|cancelled|skipped|todo|duration_ms) /

export default async function* closing(events) {
  process.stdout.columns ??= 100
  const lines = []
  let leftOpen = ''
  async function* watched() {
    let running = 0
    let watchdog
    for await (const event of events) {
      if (event.type === 'test:enqueue') running++
      if (event.type === 'test:complete') running--
      if (event.type === 'test:diagnostic' && closingLine.test(event.data.message)) lines.push(event.data.message)
      clearTimeout(watchdog)
      if (running === 0) watchdog = setTimeout(endAnyway, patienceMs).unref()
      yield event
    }
    clearTimeout(watchdog)
  }
  function endAnyway() {
    leftOpen = process.getActiveResourcesInfo().join(', ')
    process.exitCode = 1
    // The runner takes this for the end, closes its books and lets us print.
    process.emit('beforeExit', 1)
  }
  yield* dot(watched())
  if (leftOpen)
    yield `\n✖ all tests have ended, but one of them left something open that keeps the process alive: ${leftOpen}\n`
  if (process.env.FAILED_CHECKS) yield `\n✖ failed before these tests: ${process.env.FAILED_CHECKS}\n\n`
  for (const line of lines) yield `ℹ ${line}\n`
  if (leftOpen) setTimeout(() => process.exit(1), 200)
}
