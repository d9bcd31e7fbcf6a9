import { addAddressLine, type Link } from './links.ts'

/** What has to be said to `ip` so that an interface has these addresses, with prefix lengths, and no others of global scope. */
export function addressLines(link: Link, wanted: readonly string[]): readonly string[] {
  const present = link.addresses.filter((address) => !address.startsWith('fe80:'))
  return [
    ...wanted.filter((each) => !present.includes(each)).map((each) => addAddressLine(link.name, each)),
    ...present.filter((each) => !wanted.includes(each)).map((each) => `address delete ${each} dev ${link.name}`),
  ]
}
