import type { IncomingHttpHeaders } from 'node:http'
import { isIP } from 'node:net'
import { isLoopback } from './loopback.ts'

/**
 * Why a request may come from a web page that is not ours, if it may; undefined: it does not.
 *
 * Credentials that everybody knows are safe on loopback only as long as no web page that the user happens to visit can
 * use them. Browsers say where a page comes from, other clients say nothing. But to a page whose own name was pointed at
 * this machine (DNS rebinding) we are its origin, and its plain GETs say nothing either; so with such credentials the
 * name that was asked for must be one that nobody can point at us.
 */
export function foreignOrigin(headers: IncomingHttpHeaders, developmentCredentials: boolean): string | undefined {
  const { host = '', origin } = headers
  const site = headers['sec-fetch-site'] ?? 'none'
  const known = site === 'none' || site === 'same-origin'
  if (!known || (origin !== undefined && hostOf(origin) !== host.toLowerCase()))
    return 'A page of another origin may not speak to this server'
  const name = hostname(host)
  if (developmentCredentials && host !== '' && !isOurs(name))
    return `The host name ${name.slice(0, 64)} may be anybody's, and the development credentials are on: use 127.0.0.1 or localhost`
  return undefined
}

/**
 * Whether a person followed a link, so that the answer fills a window of its own: the page with the link learns nothing of
 * it, and sends nothing but the address.
 */
export function isFollowedLink(method: string, headers: IncomingHttpHeaders): boolean {
  const { 'sec-fetch-mode': mode, 'sec-fetch-dest': destination, origin } = headers
  return method === 'GET' && mode === 'navigate' && destination === 'document' && origin === undefined
}

/** An address cannot be pointed anywhere, and names that end so are looked up on this machine or its own network only. */
function isOurs(name: string): boolean {
  return isLoopback(name) || isIP(name) !== 0 || name.endsWith('.internal')
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined
}

/** Without the port, in lower case, an IPv6 address without its brackets. */
function hostname(host: string): string {
  // Nearly all requests ask for the same one.
  if (host !== latest.host) {
    const url = `http://${host}`
    const name = URL.canParse(url) ? new URL(url).hostname : host
    latest = { host, name: name.replace(/^\[|\]$/g, '') }
  }
  return latest.name
}

let latest = { host: '', name: '' }
