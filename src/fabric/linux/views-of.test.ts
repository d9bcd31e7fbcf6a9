import assert from 'node:assert/strict'
import { test } from 'node:test'
import { numbered } from '../../../test/tools/gateway-world.ts'
import { sites } from '../../product/inventory/sites.ts'
import { viewsOf } from './views.ts'

const at = (number: number, region: string, siteLinkEnabled = false) => numbered(number, { region, siteLinkEnabled })
const [east, west, far] = ['us-east-1', 'us-west-1', 'eu-west-1'] as const
const views = (vifs: readonly ReturnType<typeof at>[], ...regions: readonly string[]) => {
  const { home, further } = viewsOf({ virtualInterfaces: vifs }, regions)
  return [home, ...further.map((view) => view.home)]
}

test('one view does where all who ask have the same answers', () => {
  assert.deepEqual(views([at(1, east), at(2, west)], east, east), [east])
  assert.deepEqual(views([at(1, east), at(2, west)], far, 'eu-west-2'), ['elsewhere'])
  assert.deepEqual(views([at(1, east, true), at(2, west, true)], east, west, far), ['elsewhere'])
  assert.deepEqual(views([at(1, east)]), ['elsewhere'])
})

test('VPCs have a view for each Region with a location, and sites one where only some virtual interfaces have SiteLink', () => {
  assert.deepEqual(views([at(1, east), at(2, west)], east, west, far, 'eu-west-2'), [east, west, 'elsewhere'])
  assert.deepEqual(views([at(1, east), at(2, west, true)], east, west, far), [null, east, 'elsewhere'])
  assert.deepEqual(views([at(1, east), at(2, west, true)]), [null, 'elsewhere'])
})

test('no two Regions have the same number, and none has that of a table of the kernel', () => {
  const regions = [...new Set(sites.map(([, , , region]) => region)), 'none']
  const vifs = regions.map((region, index) => at(index + 1, region))
  const tables = viewsOf({ virtualInterfaces: vifs }, regions).further.map(({ table }) => table)
  assert.equal(tables.length, regions.length - 1)
  assert.equal(new Set(tables).size, tables.length)
  assert.ok(tables.every((table) => table > 255 && table < 65_536 && table % 2 === 0))
})
