import { readFileSync } from 'node:fs'
import type { Issuer } from '../../../src/product/loa/issuer/issuer.ts'
import type { Letter, LetterPort } from '../../../src/product/loa/letter.ts'

/** A letter whose pages are known. */
export interface Scenario {
  readonly name: string
  readonly letter: Letter
  readonly issuer: Issuer
}

const unnamed: Issuer = { id: null, createdAt: 0, name: 'Crossconnect', address: [], contact: [], logo: null }

const named: Issuer = {
  id: '000000001',
  createdAt: 0,
  name: 'Example Exchange GmbH',
  address: ['Musterstraße 12', '60314 Frankfurt am Main, Germany'],
  contact: ['Cross connects: +49 69 555 0100', 'loa@exchange.example'],
  logo: readFileSync(new URL('../logo.png', import.meta.url)).toString('base64'),
}

const port = (number: number, more: Partial<LetterPort> = {}): LetterPort => ({
  connectionId: `dxcon-fg31dyv${number}`,
  connectionName: `uplink ${number}`,
  bandwidth: '10Gbps',
  deviceId: 'EqDC2-19y7z3m17xpuz',
  portId: `10Gbps/0${number}`,
  rack: 'R01',
  panel: { patchPanel: 'PP-2', panelPort: number, strands: [2 * number - 1, 2 * number] },
  supersededAt: null,
  ...more,
})

const dedicated: Letter = {
  id: 'LOA-20261121-7Q2MX9',
  createdAt: Date.UTC(2026, 10, 21, 23, 59),
  code: '7Q2MX9RT0K4D8WZB',
  publicUrl: 'https://dx.exchange.example',
  issuerId: '000000001',
  accountId: '111122223333',
  accountName: 'Example Corp',
  providerName: null,
  subjectId: 'dxcon-fg31dyv1',
  subjectName: 'uplink 1',
  place: {
    code: 'EQFA5',
    name: 'Equinix FR5',
    country: 'DE',
    address: ['Beispielweg 5', '60314 Frankfurt am Main', 'Germany'],
    meetMeRoom: 'MMR 2, ground floor',
  },
  ports: [port(1)],
  expiresAt: Date.UTC(2027, 1, 19, 23, 59),
}

/** A site that is shipped: its name, country and Region are known, and nothing else. */
const american: Letter['place'] = {
  code: 'EqDC2-MMR',
  name: 'Equinix DC2/DC11',
  country: 'US',
  address: [],
  meetMeRoom: 'MMR',
}

const long = 'Gesellschaft für außergewöhnlich lange Namen und grenzüberschreitende Netzwerke mbH & Co. KG, Köln 1'
const wide = 'W'.repeat(100)

export const scenarios: readonly Scenario[] = [
  { name: 'dedicated-a4', letter: dedicated, issuer: named },
  {
    name: 'dedicated-us-letter',
    letter: { ...dedicated, place: american, publicUrl: 'http://127.0.0.1:7224' },
    issuer: unnamed,
  },
  {
    name: 'lag',
    letter: {
      ...dedicated,
      subjectId: 'dxlag-ffjhj9lx',
      subjectName: 'bundle',
      place: american,
      providerName: 'Example Carrier',
      ports: [
        port(1, {
          connectionName: 'Requested Connection 1 for Lag dxlag-ffjhj9lx',
          bandwidth: '100Gbps',
          portId: '100Gbps/01',
        }),
        port(2, {
          connectionName: 'Requested Connection 2 for Lag dxlag-ffjhj9lx',
          bandwidth: '100Gbps',
          portId: '100Gbps/02',
        }),
      ],
    },
    issuer: named,
  },
  {
    name: 'interconnect-with-provider',
    letter: {
      ...dedicated,
      accountName: 'Partner Networks',
      providerName: 'Zayo Group',
      subjectName: 'hosting port',
      ports: [
        port(1, {
          connectionName: 'hosting port',
          bandwidth: '400Gbps',
          portId: '400Gbps/01',
          rack: null,
          panel: null,
        }),
      ],
    },
    issuer: unnamed,
  },
  {
    name: 'names-of-many-scripts',
    letter: {
      ...dedicated,
      accountName: 'شركة الاتصالات (2026) السعودية 7',
      providerName: '日本電信電話株式会社 東京',
      subjectName: 'x',
      place: {
        code: 'TCCBK',
        name: 'ศูนย์ข้อมูลกรุงเทพฯ',
        country: 'TH',
        address: ['Тестовая улица 5, Κέντρο Αθήνα', 'Điện lực Việt Nam, Łódź, Čapek', 'हिन्दी क्षेत्र, 주식회사 한국'],
        meetMeRoom: 'חדר מפגש 3',
      },
      ports: [port(1, { connectionName: '电信网络 電信網絡 \u202Efdp.exe 😀 \u{10A00}' })],
    },
    issuer: { ...named, name: 'Општина Ιόνιο GmbH' },
  },
  {
    name: 'longest-names',
    letter: {
      ...dedicated,
      accountName: wide,
      providerName: long,
      subjectId: 'dxlag-ffjhj9lx',
      subjectName: '漢'.repeat(100),
      publicUrl: `https://${'subdomain.'.repeat(9)}exchange.example/dx`,
      place: {
        code: 'Q'.repeat(32),
        name: wide,
        country: 'US',
        address: [wide, long, long, long],
        meetMeRoom: 'W'.repeat(40),
      },
      ports: [
        port(1, {
          connectionName: `Z${'\u0301'.repeat(40)}${long}`,
          deviceId: 'W'.repeat(64),
          rack: 'W'.repeat(40),
          panel: { patchPanel: `${'W'.repeat(40)}-2`, panelPort: 48, strands: [95, 96] },
        }),
      ],
    },
    issuer: { ...named, name: wide, address: [wide, long, long], contact: [long, long, wide] },
  },
]
