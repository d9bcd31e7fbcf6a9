import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { LabError } from './lab-error.ts'

/** What a lab is, so that another shell can go on with it. It is kept in the lab's directory. */
export interface LabState {
  readonly name: string
  /** When it was begun, epoch milliseconds. */
  readonly begunAt: number
  /** The id of the process that builds it; null: it is built. */
  readonly builder: number | null
  /** null: it does not run yet. */
  readonly server: string | null
  readonly sites: readonly SiteState[]
  readonly vpcs: readonly VpcState[]
  readonly cables: readonly CableState[]
  readonly carriers: readonly CarrierState[]
  readonly virtualInterfaces: readonly VirtualInterfaceState[]
  readonly devices: readonly DeviceState[]
  /** Hosted connections. */
  readonly hosted: readonly NamedState[]
}

/** What something of the server is called in the lab. */
export interface NamedState {
  readonly name: string
  readonly id: string
}

export interface DeviceState extends NamedState {
  readonly location: string
}

/** Its instance has the address. */
export interface VpcState extends NamedState {
  readonly address: string
}

/** Where a command can run. */
export interface HostState {
  readonly name: string
  readonly namespace: string
  readonly address: string
}

export interface SiteState {
  readonly name: string
  readonly asn: number
  readonly lan: HostState
  readonly router: HostState
  readonly switchNamespace: string
}

/** A cable from a port of the site's switch to a port of a device. */
export interface CableState {
  readonly name: string
  readonly site: string
  readonly connectionId: string
  readonly deviceId: string
}

/** A connection or LAG that carries virtual interfaces. */
export interface CarrierState {
  readonly name: string
  readonly site: string
  readonly id: string
  readonly cables: readonly string[]
  readonly lacp: boolean
}

export interface VirtualInterfaceState {
  readonly name: string
  readonly site: string
  readonly id: string
  /** The connection or LAG beneath, by its name in the lab. */
  readonly carrier: string
  readonly vlan: number
  readonly mtu: number
  readonly passive: boolean
  /** The name of its BGP session, and the id of the peer. */
  readonly session: string
  readonly bgpPeerId: string
}

/** The places of a lab: what it keeps, and what its names begin with. Labs in different directories share none. */
export interface Places {
  readonly directory: string
  /** Of all its network namespaces. */
  readonly prefix: string
  /** Of the interfaces of the host that are ports of its devices. */
  readonly interfacePrefix: string
  /** Sockets: their paths have to be short, and of a folder that daemons without rights can enter. */
  readonly run: string
  /** The server's, where there are sockets too. */
  readonly data: string
  readonly serverLog: string
}

export function placesOf(directory: string): Places {
  const whole = resolve(directory)
  const hash = createHash('sha256')
    .update(existsSync(whole) ? realpathSync(whole) : whole)
    .digest('hex')
    .slice(0, 6)
  const run = `/run/crossconnect-lab-${hash}`
  return {
    directory: whole,
    prefix: `xl-${hash}-`,
    interfacePrefix: `xl${hash}-`,
    run,
    data: join(run, 'server'),
    serverLog: join(whole, 'server.log'),
  }
}

/** Makes a lab's directory unless it is there. Throws LabError. */
export function makeDirectory(directory: string): void {
  try {
    makeWithParents(resolve(directory))
  } catch (error) {
    throw new LabError(`--directory ${directory}: ${error instanceof Error ? error.message : 'it cannot be made'}`)
  }
}

/** Node's own `recursive` never returns where the parent exists but takes no directories, as /proc does. */
function makeWithParents(path: string): void {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) return
  if (!existsSync(dirname(path))) makeWithParents(dirname(path))
  mkdirSync(path, { mode: 0o755 })
}

const fileOf = ({ directory }: Places) => join(directory, 'lab.json')

export function readState(places: Places): LabState {
  const state = findState(places)
  if (state === undefined) throw new LabError(`no lab is up in ${places.directory}; begin one with 'lab up single'`)
  return state
}

export function findState(places: Places): LabState | undefined {
  const file = fileOf(places)
  // Only we write it.
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as LabState) : undefined
}

/** Whole or not at all. */
export function writeState(places: Places, state: LabState): void {
  mkdirSync(places.directory, { recursive: true, mode: 0o755 })
  const file = fileOf(places)
  writeFileSync(`${file}.new`, `${JSON.stringify(state, undefined, 2)}\n`)
  renameSync(`${file}.new`, file)
}

/** Removes what a lab keeps, and the directory if there is nothing else in it. */
export function removePlaces(places: Places): void {
  const { directory, run, serverLog } = places
  for (const path of [run, serverLog, fileOf(places)]) rmSync(path, { recursive: true, force: true })
  if (existsSync(directory) && readdirSync(directory).length === 0) rmdirSync(directory)
}
