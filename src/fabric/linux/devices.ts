import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { readLinks } from '../../linux/links.ts'
import { hasNamespace, listNamespaces } from '../../linux/namespaces.ts'
import { endVswitch } from '../../linux/open-vswitch/instance.ts'
import type { DesiredDevice } from '../../product/desired/desired.ts'
import { fingerprint } from '../../product/fingerprint.ts'
import type { Seen } from '../../product/sightings/seen.ts'
import { type Device, type HostLinks, openDevice, removeDevice } from './device.ts'
import type { Devices, PartOptions, Wire } from './parts.ts'

/** Every device of the installation. One that fails does not keep the others from being what they should be. */
export function openDevices(options: PartOptions): Devices {
  const { names, directory, warn } = options
  const open = new Map<string, Device>()
  /** Devices that cannot be opened: what is seen of them instead. */
  const failed = new Map<string, readonly Seen[]>()
  const listeners: (() => void)[] = []
  const state = { swept: false }

  /** Sockets lie in it, whose paths may not be long. */
  const folderOf = (namespace: string) => join(directory, fingerprint(namespace).slice(0, 8))
  const changed = (): void => {
    for (const listener of listeners) listener()
  }

  async function deviceOf(id: string): Promise<Device> {
    const namespace = names.device(id)
    const known = open.get(id)
    if (known !== undefined && hasNamespace(namespace)) return known
    // Somebody took its namespace away: it begins anew.
    if (known !== undefined) await endDevice(id)
    const directory = folderOf(namespace)
    const device = await openDevice({ ...options, namespace, directory, gatewayOf: names.gateway, changed })
    open.set(id, device)
    return device
  }

  /** What an earlier run has left of devices that are no more. */
  async function sweep(ids: readonly string[]): Promise<void> {
    mkdirSync(directory, { recursive: true, mode: 0o700 })
    const kept = new Set(ids.map(names.device))
    const left = listNamespaces(names.device('')).filter((namespace) => !kept.has(namespace))
    await Promise.all(left.map((namespace) => removeDevice(namespace, folderOf(namespace))))
    const folders = new Set([...kept].map(folderOf))
    const strays = readdirSync(directory)
      .map((name) => join(directory, name))
      .filter((folder) => !folders.has(folder))
    for (const folder of strays) {
      await endVswitch(folder)
      rmSync(folder, { recursive: true })
    }
    state.swept = true
  }

  async function applyDevice(desired: DesiredDevice, wires: readonly Wire[], host: HostLinks): Promise<void> {
    try {
      const device = await deviceOf(desired.id)
      await device.apply(desired, wires, host)
      failed.delete(desired.id)
    } catch (error) {
      if (!failed.has(desired.id)) warn({ err: error, device: desired.id }, 'a device cannot be made what it should be')
      const lastError = `the device cannot be set up: ${error instanceof Error ? error.message : String(error)}`
      const ids = [...desired.cables.map((c) => c.connectionId), ...desired.bundles.map((b) => b.lagId)]
      failed.set(
        desired.id,
        ids.map((id) => ({ id, up: false, lastError })),
      )
    }
  }

  async function endDevice(id: string): Promise<void> {
    const device = open.get(id)
    open.delete(id)
    failed.delete(id)
    await device?.end('remove')
  }

  const look = (): readonly Seen[] => [
    ...[...open.values()].flatMap((device) => device.look()),
    ...[...failed].flatMap(([id, seen]) => (open.has(id) ? [] : seen)),
  ]

  return {
    async apply(devices, wires) {
      const ids = devices.map(({ id }) => id)
      if (!state.swept) await sweep(ids)
      const gone = [...open.keys(), ...failed.keys()].filter((id) => !ids.includes(id))
      await Promise.all([...new Set(gone)].map(endDevice))
      const wiresAt = Map.groupBy(wires, ({ deviceId }) => deviceId)
      const host = once(() => readLinks(null))
      await Promise.all(devices.map((desired) => applyDevice(desired, wiresAt.get(desired.id) ?? [], host)))
      return new Map([...open.values()].flatMap((device) => [...device.wires()]))
    },
    look,
    count: () => [...open.values()].flatMap((device) => device.count()),
    onChange(listener) {
      listeners.push(listener)
    },
    async end(how) {
      await Promise.all([...open.values()].map((device) => device.end(how)))
      open.clear()
      if (how === 'remove') {
        await sweep([])
        rmSync(directory, { recursive: true, force: true })
      }
    },
  }
}

function once<T>(read: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | undefined
  return () => (answer ??= read())
}
