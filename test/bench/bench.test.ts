// What the benchmark says of what it measured.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isMet, type Line, table } from '../../bench/line.ts'
import { load } from '../../bench/wrk.ts'
import { skipWithout, wrk } from '../tools/clients.ts'
import { startServer } from '../tools/server.ts'

const line: Line = { figure: 'f', measured: 400, unit: '/s', p99Ms: 20, targets: [] }

test('a line meets its targets only if it meets all of them, and none without something to measure it by', () => {
  assert.equal(isMet(line), undefined)
  assert.equal(isMet({ ...line, targets: [{ of: 'measured', atLeast: 400 }] }), true)
  assert.equal(isMet({ ...line, targets: [{ of: 'measured', atLeast: 401 }] }), false)
  assert.equal(
    isMet({
      ...line,
      targets: [
        { of: 'measured', atLeast: 1 },
        { of: 'p99Ms', atMost: 19 },
      ],
    }),
    false,
  )
  const ratio = { of: 'ratio', atLeast: 0.5 } as const
  assert.equal(isMet({ ...line, targets: [ratio] }), false)
  assert.equal(isMet({ ...line, beside: { what: 'bare', measured: 800 }, targets: [ratio] }), true)
  assert.equal(isMet({ ...line, beside: { what: 'bare', measured: 801 }, targets: [ratio] }), false)
})

test('the table says what was refused, and which targets were missed', () => {
  const missed: Line = {
    ...line,
    refused: 3,
    beside: { what: 'bare', measured: 1_000 },
    targets: [{ of: 'ratio', atLeast: 0.5 }],
  }
  const [, row = ''] = table([missed]).split('\n')
  assert.match(row, /^f +400 \/s \(3 refused\) +20\.0 +1000 bare +0\.40 +>= 0\.5 x +MISSED$/)
})

test(
  'a load sends the requests in turn, each with a signature that is verified, and counts what is refused',
  skipWithout('the benchmark', wrk),
  async () => {
    await using server = await startServer()
    const wanted = { location: 'EqDC2', bandwidth: '10Gbps', connectionName: 'bench' }
    const inputs = [wanted, { ...wanted, location: 'Nowhere' }]
    const { requests, refused, p99Ms } = await load(server.url, {
      target: 'CreateConnection',
      inputs,
      clients: 4,
      seconds: 1,
    })
    assert.ok(requests > 20 && p99Ms > 0)
    // The quota lets ten through.
    assert.equal(requests - refused, 10)
  },
)
