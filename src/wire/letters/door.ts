import type { FastifyInstance, FastifyReply } from 'fastify'
import { drawnUuid } from '../../engine/drawn-bytes.ts'
import type { Engine } from '../../engine/perform.ts'
import type { Task } from '../../engine/task.ts'
import { anonymous } from '../../observe/audit.ts'
import { Fault } from '../../product/fault.ts'
import { type Verification, verifyLetter } from '../../product/loa/verify-letter.ts'
import { contentSecurityPolicy, letterPage, unknownPage } from './page.ts'

const verification: Task<{ readonly code: string }, Verification> = {
  name: 'VerifyLetter',
  eventSource: 'letters.crossconnect',
  writes: false,
  decide: verifyLetter,
  // A code proves that its letter is in somebody's hand, so that it belongs in no record.
  redactInput: () => null,
  redactOutput: ({ letterNumber, state }) => ({ letterNumber, state }),
}

/**
 * The door for whoever holds a letter: `GET /loa/{code}`, without credentials, since the code is one. A page for people,
 * JSON for who accepts only that.
 */
export function lettersDoor(engine: Engine) {
  return async (server: FastifyInstance): Promise<void> => {
    server.get<{ Params: { readonly code: string } }>(
      '/loa/:code',
      // People come here from mails and documents.
      { config: { mayBeLinkedTo: true } },
      async (request, reply) => {
        const inJson = acceptsOnlyJson(request.headers.accept)
        void withHeaders(reply)
        const found = await verify(engine, request.params.code, request.ip)
        if (found === undefined) {
          void reply.status(404)
          const error = { code: 'NotFound', message: 'No letter has this code' }
          return inJson ? json(reply, { error }) : html(reply, unknownPage())
        }
        return inJson ? json(reply, found) : html(reply, letterPage(found))
      },
    )
  }
}

/** undefined: no letter has the code. */
async function verify(engine: Engine, code: string, sourceIPAddress: string): Promise<Verification | undefined> {
  const nobody = { accountId: anonymous, principalArn: '', accessKeyId: '', region: '', userAgent: '' }
  const by = { ...nobody, sourceIPAddress, requestId: drawnUuid() }
  try {
    return await engine.perform(verification, { code }, by)
  } catch (error) {
    if (error instanceof Fault && error.kind === 'missing') return undefined
    throw error
  }
}

function acceptsOnlyJson(accept = ''): boolean {
  return /\bapplication\/json\b/i.test(accept) && !/\btext\/html\b/i.test(accept)
}

function withHeaders(reply: FastifyReply): FastifyReply {
  return reply.headers({
    'cache-control': 'no-store',
    'content-security-policy': contentSecurityPolicy,
    'referrer-policy': 'no-referrer',
    vary: 'accept',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'x-robots-tag': 'noindex',
  })
}

function json(reply: FastifyReply, body: object): FastifyReply {
  return reply.type('application/json').send(JSON.stringify(body))
}

function html(reply: FastifyReply, page: string): FastifyReply {
  return reply.type('text/html; charset=utf-8').send(page)
}
