import { createDevice } from '../../product/inventory/create-device.ts'
import { createLocation } from '../../product/inventory/create-location.ts'
import { deleteDevice } from '../../product/inventory/delete-device.ts'
import { deleteLocation } from '../../product/inventory/delete-location.ts'
import { listDevices } from '../../product/inventory/list-devices.ts'
import { listLocations } from '../../product/inventory/list-locations.ts'
import { listPorts } from '../../product/inventory/list-ports.ts'
import { updateDevice } from '../../product/inventory/update-device.ts'
import { updateLocation } from '../../product/inventory/update-location.ts'
import { type OperatorOperation, operation } from '../operation.ts'
import { nullable } from '../schema.ts'
import * as shapes from '../shapes.ts'

const locationCode = { type: 'string', minLength: 1, maxLength: 32, description: 'Matched without case' } as const

/** What a letter says of a location and of a device; one line each. */
const address = { type: 'array', items: shapes.printedLine, maxItems: 4, description: 'Line by line' } as const
const place = { type: 'string', minLength: 1, maxLength: 40, pattern: shapes.printable } as const
const rack = { ...place, description: 'Where it stands' } as const
const patchPanel = { ...place, description: 'What its ports are wired to, in their order' } as const

/** Locations, the devices in them, and their ports. */
export const inventoryOperations: readonly OperatorOperation[] = [
  operation({
    name: 'CreateLocation',
    method: 'POST',
    path: '/locations',
    summary: 'Add a location; a device in it makes it one to order at',
    body: {
      type: 'object',
      properties: {
        code: { type: 'string', maxLength: 32, pattern: '^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$' },
        name: shapes.name,
        region: { type: 'string', maxLength: 32, pattern: '^[a-z]{2,3}(-[a-z]+)+-\\d+$' },
        country: { type: 'string', pattern: '^[A-Z]{2}$', description: 'ISO 3166; ZZ where it is absent' },
        providers: {
          type: 'array',
          items: shapes.name,
          maxItems: 100,
          description: 'Who can provide the cross connect; the name of the location where it is absent',
        },
        address,
        meetMeRoom: place,
      },
      required: ['code', 'name', 'region'],
    },
    status: 201,
    answer: shapes.location,
    decide: createLocation,
  }),
  operation({
    name: 'ListLocations',
    method: 'GET',
    path: '/locations',
    summary: 'The locations of every Region',
    query: { type: 'object', properties: { region: shapes.id, ...shapes.paging } },
    answer: shapes.pageOf('locations', shapes.location),
    decide: listLocations,
  }),
  operation({
    name: 'UpdateLocation',
    method: 'PUT',
    path: '/locations/:code',
    summary: 'Say where a location is; what is not named stays, null takes it back',
    body: {
      type: 'object',
      properties: { address: nullable(address), meetMeRoom: nullable(place) },
      minProperties: 1,
    },
    answer: shapes.location,
    decide: updateLocation,
  }),
  operation({
    name: 'DeleteLocation',
    method: 'DELETE',
    path: '/locations/:code',
    summary: 'Remove a location that has no devices',
    decide: deleteLocation,
  }),
  operation({
    name: 'CreateDevice',
    method: 'POST',
    path: '/devices',
    summary: 'Add a device to a location',
    body: {
      type: 'object',
      properties: {
        locationCode,
        name: {
          type: 'string',
          maxLength: 64,
          pattern: '^[A-Za-z0-9][A-Za-z0-9._-]*$',
          description: "Its id; one of AWS's form where it is absent",
        },
        ports: shapes.ports,
        macSec: { type: 'boolean', description: 'Whether its ports of 10 Gbps and more do MACsec; false without it' },
        rack,
        patchPanel,
      },
      required: ['locationCode', 'ports'],
    },
    status: 201,
    answer: shapes.device,
    decide: createDevice,
  }),
  operation({
    name: 'ListDevices',
    method: 'GET',
    path: '/devices',
    summary: 'The devices, of all locations or of one',
    query: { type: 'object', properties: { locationCode, ...shapes.paging } },
    answer: shapes.pageOf('devices', shapes.device),
    decide: listDevices,
  }),
  operation({
    name: 'UpdateDevice',
    method: 'PUT',
    path: '/devices/:deviceId',
    summary: 'Say where a device stands and what its ports are wired to; what is not named stays',
    body: { type: 'object', properties: { rack, patchPanel }, minProperties: 1 },
    answer: shapes.device,
    decide: updateDevice,
  }),
  operation({
    name: 'DeleteDevice',
    method: 'DELETE',
    path: '/devices/:deviceId',
    summary: 'Remove a device that nothing is on',
    decide: deleteDevice,
  }),
  operation({
    name: 'ListPorts',
    method: 'GET',
    path: '/ports',
    summary: 'Every port and who has it; a page has all ports of ten devices',
    query: {
      type: 'object',
      properties: {
        locationCode,
        deviceId: shapes.id,
        free: { type: 'boolean' },
        nextToken: shapes.paging.nextToken,
      },
    },
    answer: shapes.pageOf('ports', shapes.port),
    decide: listPorts,
  }),
]
