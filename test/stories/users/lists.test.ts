// What went wrong for people who take inventory of an account, each as a test.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { python, skipWithout } from '../../tools/clients.ts'
import { startServer } from '../../tools/server.ts'
import { script } from './script.ts'

describe('lists, as users met them', skipWithout('boto3', python), () => {
  // mondoohq/mql PR #10204, cloudquery/cq-provider-aws PR #52: what came after the first hundred was never seen, by
  // clients whose SDK had no nextToken for the list, and by clients that did not look at it.
  test('whatever came after the first hundred was missed', async () => {
    await using server = await startServer({ timing: 'instant', quotas: 'none' })
    const seen = await script(
      server,
      `
for i in range(120):
    dx.create_direct_connect_gateway(directConnectGatewayName='g%03d' % i)
partner = client('partner')
parent = partner.create_interconnect(interconnectName='i', bandwidth='100Gbps', location='EqDC2')['interconnectId']
advance(1)
for i in range(120):
    partner.allocate_hosted_connection(connectionId=parent, ownerAccount='000000000000', bandwidth='50Mbps',
        connectionName='c%03d' % i, vlan=i + 1)
def all(call, member, name, **arguments):
    pages, token = [], None
    while token != '':
        page = call(**arguments, **({'nextToken': token} if token else {}))
        pages.append([each[name] for each in page[member]])
        token = page.get('nextToken', '')
    return pages
gateways = all(dx.describe_direct_connect_gateways, 'directConnectGateways', 'directConnectGatewayName')
paginator = [each['directConnectGatewayName'] for page in
    dx.get_paginator('describe_direct_connect_gateways').paginate(PaginationConfig={'PageSize': 7})
    for each in page['directConnectGateways']]
# This SDK knows no nextToken for connections, as no SDK of its time did.
old = dx.describe_connections()
hosted = partner.describe_hosted_connections(connectionId=parent)
show({'gateways': gateways, 'paginator': paginator, 'old': [c['connectionName'] for c in old['connections']],
      'hosted': [c['connectionName'] for c in hosted['connections']],
      'inputs': list(dx.meta.service_model.operation_model('DescribeConnections').input_shape.members)})
`,
    )
    assert.deepEqual(
      seen.gateways.map((page: string[]) => page.length),
      [100, 20],
    )
    const names = Array.from({ length: 120 }, (_, index) => String(index).padStart(3, '0'))
    const gatewayNames = names.map((name) => `g${name}`)
    assert.deepEqual(seen.gateways.flat(), gatewayNames)
    assert.deepEqual(seen.paginator, gatewayNames)
    const first = names.slice(0, 100).map((name) => `c${name}`)
    assert.deepEqual(seen.old, first, 'a client of old gets a hundred, and no error')
    assert.deepEqual(seen.hosted, first)
  })

  // getmoto/moto #7838, #7841, #9112
  test('what was tagged was not found by its tags', async () => {
    await using server = await startServer({ timing: 'instant' })
    const seen = await script(
      server,
      `
tagging = boto3.client('resourcegroupstaggingapi', endpoint_url=os.environ['ENDPOINT'])
tags = [{'key': 'team', 'value': 'network'}]
id = dx.create_connection(connectionName='c', bandwidth='1Gbps', location='EqDC2', tags=tags)['connectionId']
dx.create_connection(connectionName='other', bandwidth='1Gbps', location='EqDC2')
find = lambda **filters: [each['ResourceARN'] for page in tagging.get_paginator('get_resources').paginate(**filters)
    for each in page['ResourceTagMappingList']]
network = [{'Key': 'team', 'Values': ['network']}]
arn = 'arn:aws:directconnect:us-east-1:000000000000:dxcon/' + id
show({'arn': arn, 'found': find(TagFilters=network), 'of type': find(ResourceTypeFilters=['directconnect']),
      'none': find(TagFilters=[{'Key': 'team', 'Values': ['storage']}]),
      'tags': dx.describe_tags(resourceArns=[arn])['resourceTags']})
`,
    )
    assert.deepEqual([seen.found, seen['of type'], seen.none], [[seen.arn], [seen.arn], []])
    assert.deepEqual(seen.tags, [{ resourceArn: seen.arn, tags: [{ key: 'team', value: 'network' }] }])
  })
})
