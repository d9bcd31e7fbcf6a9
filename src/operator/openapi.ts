import swagger from '@fastify/swagger'
import fastify from 'fastify'
import packageJson from '../../package.json' with { type: 'json' }
import { operatorApi } from './api.ts'
import { operatorErrorCodes } from './errors.ts'
import { pathSchema } from './operation.ts'
import { record } from './schema.ts'

let description: Promise<Buffer> | undefined

/**
 * The description of the operator API, made when somebody asks for it: a server that serves nothing gets the same
 * routes, with schemas, so that those who ask for nothing wait for nothing. The same bytes for everybody, who may be many.
 */
export function openApi(): Promise<Buffer> {
  description ??= describe()
  return description
}

async function describe(): Promise<Buffer> {
  const server = fastify()
  await server.register(swagger, {
    openapi: {
      openapi: '3.0.3',
      info: {
        title: 'Crossconnect: operator API',
        version: packageJson.version,
        description:
          'For whoever runs the service. Times are ISO 8601 in UTC; they follow the clock that this API can move. ' +
          'null says that something has not happened. A write that is refused changes nothing.',
      },
      components: { securitySchemes: { operatorToken: { type: 'http', scheme: 'bearer' } } },
      security: [{ operatorToken: [] }],
    },
  })
  const error = record({ code: { type: 'string', enum: operatorErrorCodes }, message: { type: 'string' } })
  for (const { name, method, path, summary, query, body, answer, status } of operatorApi)
    server.route({
      method,
      url: `/operator/v1${path}`,
      exposeHeadRoute: false,
      schema: {
        operationId: name,
        summary,
        ...(path.includes(':') ? { params: pathSchema(path) } : {}),
        ...(hasMembers(query) ? { querystring: query } : {}),
        ...(hasMembers(body) ? { body } : {}),
        response: {
          [status]: { description: 'Done', ...(answer ?? { type: 'null' }) },
          '4xx': { description: 'Refused', ...record({ error }) },
          '5xx': { description: 'Failed', ...record({ error }) },
        },
      },
      handler: async () => {},
    })
  await server.ready()
  const text = Buffer.from(JSON.stringify(server.swagger(), nullAmongChoices))
  await server.close()
  return text
}

/** @source OpenAPI 3.0.3: nullable allows null beside a type, but no more than the choices say */
function nullAmongChoices(_member: string, value: unknown): unknown {
  const isNullable = typeof value === 'object' && value !== null && 'nullable' in value && value.nullable === true
  return isNullable && 'enum' in value && Array.isArray(value.enum) ? { ...value, enum: [...value.enum, null] } : value
}

function hasMembers({ properties }: { readonly properties: object }): boolean {
  return Object.keys(properties).length > 0
}
