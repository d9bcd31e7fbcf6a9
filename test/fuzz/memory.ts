// What the answers so far have shown, so that the next request can be about it.

export interface Memory {
  /** Notes the ids in an answer to somebody. */
  readonly saw: (by: string, text: string) => void
  /** The same value in which each wish, such as `@dxcon 2`, is an id: the latest but two that this one has seen. */
  readonly granted: <T>(by: string, value: T) => T
}

const kinds = `dxcon dxlag dxvif dxpeer dxrg vgw vpc vpc-cidr-assoc subnet tgw tgw-attach rtb acl sg`.split(' ')

const forms: Readonly<Record<string, RegExp>> = {
  ...Object.fromEntries(kinds.map((kind) => [kind, new RegExp(`(?<![\\w-])${kind}-[0-9a-z]{8,}`, 'g')])),
  uuid: /[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/g,
  secret: /arn:aws:secretsmanager:[^"]+/g,
  token: /(?<="nextToken":"|"PaginationToken":"|<nextToken>)[^"<]+/g,
}

/** Where nobody has seen such a thing yet. */
const unknown: Readonly<Record<string, string>> = {
  uuid: '00000000-0000-4000-8000-000000000000',
  dxrg: `dxrg-${'f'.repeat(17)}`,
  vgw: 'vgw-0123456789abcdef0',
  dxgw: '00000000-0000-4000-8000-000000000000',
  secret: 'arn:aws:secretsmanager:us-east-1:000000000000:secret:directconnect!prod/a/b',
  token: 'token',
}

export function createMemory(): Memory {
  const seen = new Map<string, readonly string[]>()
  const remember = (place: string, found: string) => {
    seen.set(place, [found, ...(seen.get(place) ?? []).filter((id) => id !== found)].slice(0, 50))
  }
  const granted = (by: string, kind: string, place: number): string => {
    // Mostly of one's own, now and then somebody else's; the operator sees all.
    const known = seen.get(`${place === 5 ? 'anybody' : by} ${kind}`) ?? seen.get(`anybody ${kind}`) ?? []
    return known[place % Math.max(1, known.length)] ?? unknown[kind] ?? `${kind}-f1234567`
  }
  return {
    saw(by, text) {
      for (const [kind, form] of Object.entries(forms))
        for (const [id] of text.matchAll(form)) for (const who of [by, 'anybody']) remember(`${who} ${kind}`, id)
    },
    granted(by, value) {
      const text = JSON.stringify(value, (_, member) => {
        if (typeof member !== 'string') return member
        const [, arn, kind = '', place] = /^@(arn )?([\w-]+) (\d)$/.exec(member) ?? []
        if (kind === '') return member
        const id = granted(by, kind === 'dx-gateway' ? 'uuid' : kind, Number(place))
        const account = { test: '000000000000', partner: '111111111111' }[by] ?? '111122223333'
        return arn === undefined ? id : `arn:aws:directconnect:us-east-1:${account}:${kind}/${id}`
      })
      // What was written as JSON comes back as it was, but for members that are undefined.
      return JSON.parse(text)
    },
  }
}
