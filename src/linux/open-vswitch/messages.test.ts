import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { splitMessages } from './messages.ts'

test('however a stream of messages is cut into pieces, the messages that come out are those that went in', () => {
  const message = fc.dictionary(fc.string(), fc.jsonValue())
  fc.assert(
    fc.property(fc.array(message, { maxLength: 5 }), fc.array(fc.nat({ max: 40 })), (messages, cuts) => {
      const sent = messages.map((each) => JSON.stringify(each))
      const got: unknown[] = []
      const read = splitMessages((each) => got.push(each))
      let rest = sent.join('')
      for (const cut of cuts) {
        read(rest.slice(0, cut))
        rest = rest.slice(cut)
      }
      read(rest)
      assert.deepEqual(
        got.map((each) => JSON.stringify(each)),
        sent.map((each) => JSON.stringify(JSON.parse(each))),
      )
    }),
  )
})
