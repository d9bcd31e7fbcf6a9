import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CreateSubnetCommand, DescribeAvailabilityZonesCommand, DescribeRegionsCommand } from '@aws-sdk/client-ec2'
import { ec2, refused } from '../../../test/tools/companions.ts'
import { makeVpc } from '../../../test/tools/gateways.ts'
import { startServer } from '../../../test/tools/server.ts'
import { zonesOf } from './zones.ts'

const account = '111122223333'

test('each Availability Zone of the Region is told, and a subnet can be made in it', async () => {
  await using server = await startServer({ timing: 'instant' })
  const client = ec2(server, account, 'eu-west-1')
  const available = { Filters: [{ Name: 'state', Values: ['available'] }] }
  const { AvailabilityZones: zones = [] } = await client.send(new DescribeAvailabilityZonesCommand(available))
  assert.deepEqual(zones[1], {
    OptInStatus: 'opt-in-not-required',
    Messages: [],
    RegionName: 'eu-west-1',
    ZoneName: 'eu-west-1b',
    ZoneId: 'euw1-az2',
    GroupName: 'eu-west-1-zg-1',
    NetworkBorderGroup: 'eu-west-1',
    ZoneType: 'availability-zone',
    State: 'available',
  })
  const VpcId = await makeVpc(client, '10.0.0.0/16')
  for (const [index, { ZoneName: AvailabilityZone }] of zones.entries())
    await client.send(new CreateSubnetCommand({ VpcId, CidrBlock: `10.0.${index}.0/24`, AvailabilityZone }))
})

test('zones are found by their names and ids, and one of another Region is refused', async () => {
  await using server = await startServer({ timing: 'instant' })
  const client = ec2(server)
  const found = async (input: DescribeAvailabilityZonesCommand['input']) =>
    (await client.send(new DescribeAvailabilityZonesCommand(input))).AvailabilityZones?.map((zone) => zone.ZoneName)
  assert.deepEqual(await found({ ZoneNames: ['us-east-1c'] }), ['us-east-1c'])
  assert.deepEqual(await found({ ZoneIds: ['use1-az1'] }), ['us-east-1a'])
  assert.deepEqual(await found({ Filters: [{ Name: 'zone-type', Values: ['local-zone'] }] }), [])
  await refused(found({ ZoneNames: ['eu-west-1a'] }), 'InvalidParameterValue', /eu-west-1a/)
  await refused(found({ ZoneIds: ['euw1-az1'] }), 'InvalidParameterValue', /euw1-az1/)
})

test('ids of zones begin with the Region in short', () => {
  const first = (region: string) => zonesOf(region)[0]?.id
  assert.equal(first('ap-southeast-2'), 'apse2-az1')
  assert.equal(first('us-gov-west-1'), 'usgw1-az1')
  assert.equal(first('cn-northwest-1'), 'cnnw1-az1')
  assert.equal(first('eu-central-1'), 'euc1-az1')
})

test('the Regions are that of the call and those with locations, of one partition', async () => {
  await using server = await startServer({ timing: 'instant' })
  const found = async (region: string, input: DescribeRegionsCommand['input'] = {}) =>
    (await ec2(server, account, region).send(new DescribeRegionsCommand(input))).Regions ?? []
  const all = new Set((await found('us-east-1')).map(({ RegionName }) => RegionName))
  assert.ok(all.has('us-east-1') && all.has('eu-central-1') && !all.has('cn-north-1'))
  assert.deepEqual(await found('us-east-1', { RegionNames: ['us-west-2'] }), [
    { RegionName: 'us-west-2', Endpoint: 'ec2.us-west-2.amazonaws.com', OptInStatus: 'opt-in-not-required' },
  ])
  await refused(found('us-east-1', { RegionNames: ['cn-north-1'] }), 'InvalidParameterValue', /cn-north-1/)
})
