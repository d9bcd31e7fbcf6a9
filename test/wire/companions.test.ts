// The services beside Direct Connect on the customers' port: their protocols, and how each says no. What they decide is
// tested beside the decisions.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CreateVpcCommand, DescribeInstancesCommand, DescribeVpcsCommand } from '@aws-sdk/client-ec2'
import { GetTagKeysCommand } from '@aws-sdk/client-resource-groups-tagging-api'
import { GetCallerIdentityCommand, GetSessionTokenCommand } from '@aws-sdk/client-sts'
import * as fc from 'fast-check'
import { text as escaped } from '../../src/wire/companions/xml.ts'
import { awsCli, python, skipWithout } from '../tools/clients.ts'
import { ec2, refused, sts, tagging } from '../tools/companions.ts'
import { run } from '../tools/run.ts'
import { startServer } from '../tools/server.ts'
import { send, signed, type Wish } from './signed.ts'

const form = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8', 'x-amz-target': null }
const nobody = { accessKeyId: 'AKIANOBODY', secretAccessKey: 'test' }

test('an action that is not there, and a caller whom nobody knows, are refused in the words of each service', async () => {
  await using server = await startServer({ timing: 'instant' })
  await refused(ec2(server).send(new DescribeInstancesCommand({})), 'InvalidAction', /DescribeInstances is not valid/)
  await refused(
    sts(server).send(new GetSessionTokenCommand({})),
    'InvalidAction',
    /Could not find operation GetSessionToken/,
  )
  await refused(tagging(server).send(new GetTagKeysCommand({})), 'UnknownOperationException')
  await refused(ec2(server, nobody).send(new DescribeVpcsCommand({})), 'AuthFailure')
  await refused(sts(server, nobody).send(new GetCallerIdentityCommand({})), 'InvalidClientTokenId')
  await refused(tagging(server, nobody).send(new GetTagKeysCommand({})), 'UnrecognizedClientException')
})

test('a dry run says whether it would be done, and does nothing', async () => {
  await using server = await startServer({ timing: 'instant' })
  const client = ec2(server)
  await refused(client.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16', DryRun: true })), 'DryRunOperation')
  await refused(client.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/8', DryRun: true })), 'InvalidVpc.Range')
  assert.deepEqual((await client.send(new DescribeVpcsCommand({ DryRun: false }))).Vpcs, [])
})

test('a form that does not fit is refused with the name of its parameter', async () => {
  await using server = await startServer({ timing: 'instant' })
  const answer = async (fields: Readonly<Record<string, string>>, wish: Wish = {}) => {
    const body = new URLSearchParams({ Version: '2016-11-15', ...fields }).toString()
    const { status, text: answered } = await send(
      server.url,
      await signed(server.url, { service: 'ec2', body, headers: form, ...wish }),
    )
    const [, code = '', message = ''] = /<Code>(.*)<\/Code><Message>(.*)<\/Message>/.exec(answered) ?? []
    return `${status} ${code}: ${message}`
  }
  assert.equal(await answer({}), '400 MissingAction: The request must contain the parameter Action')
  assert.equal(
    await answer({ Action: 'DescribeVpcs', Version: '2010-01-01' }),
    '400 NoSuchVersion: The requested version (2010-01-01) of service AmazonEC2 does not exist',
  )
  assert.equal(
    await answer({ Action: 'DeleteVpc' }),
    '400 MissingParameter: The request must contain the parameter vpcId',
  )
  assert.equal(
    await answer({ Action: 'DeleteVpc', VpcId: 'vpc-1', Force: 'true' }),
    '400 UnknownParameter: The parameter Force is not recognized',
  )
  assert.equal(
    await answer({ Action: 'DescribeVpcs', 'VpcId.x': 'vpc-1' }),
    '400 InvalidParameterValue: Value (x) for parameter vpcId.x is invalid. Items of a list are numbered from 1.',
  )
  assert.equal(
    await answer({ Action: 'DescribeVpcs', VpcId: 'vpc-1' }),
    '400 InvalidParameterValue: Value (vpc-1) for parameter vpcId is invalid. It must be a list.',
  )
  assert.equal(
    await answer({ Action: 'DeleteTags', 'ResourceId.1': 'vpc-1', Tag: 'Name' }),
    '400 InvalidParameterValue: Value (Name) for parameter tag is invalid. It must be a list.',
  )
  assert.equal(
    await answer({ Action: 'CreateTransitGateway', Options: 'all' }),
    '400 InvalidParameterValue: Value (all) for parameter options is invalid. It must be a structure.',
  )
  assert.equal(
    await answer({ Action: 'DeleteVpc', 'VpcId.1': 'vpc-1' }),
    '400 UnknownParameter: The parameter VpcId.1 is not recognized',
  )
  assert.equal(
    await answer({ Action: 'CreateTags', 'ResourceId.1': 'vpc-1', 'Tag.1.Key': 'a\0', 'Tag.1.Value': '' }),
    '400 InvalidParameterValue: Value (a\\u{0}) for parameter tag.1.Key is invalid. It has a character that XML cannot hold.',
  )
  assert.equal(
    await answer({ Action: 'DescribeVpcs', MaxResults: 'many' }),
    '400 InvalidParameterValue: Value (many) for parameter maxResults is invalid. It must be a whole number.',
  )
  assert.equal(
    await answer({ Action: 'DescribeVpcs', 'VpcId.1': '<&>' }),
    "400 InvalidVpcID.NotFound: The vpc ID '&lt;&amp;&gt;' does not exist",
  )
  assert.equal(
    await answer({ Action: 'constructor' }),
    '400 InvalidAction: The action constructor is not valid for this web service.',
  )
  assert.equal(
    await answer({ Action: 'GetCallerIdentity' }, { service: 'sts' }),
    '400 InvalidAction: Could not find operation GetCallerIdentity for version 2016-11-15',
  )
})

test('a form has at most 5000 parameters, and no name in it more parts than any has, however many are sent', async () => {
  await using server = await startServer({ timing: 'instant' })
  const answer = async (body: string) => {
    const { status, text: answered } = await send(
      server.url,
      await signed(server.url, { service: 'ec2', body, headers: form }),
    )
    return `${status} ${/<Message>(.*)<\/Message>/.exec(answered)?.[1]}`
  }
  const describe = 'Action=DescribeVpcs&Version=2016-11-15'
  const ids = Array.from({ length: 4_998 }, (_, index) => `&VpcId.${index + 1}=vpc-1`).join('')
  assert.equal(await answer(describe + ids), "400 The vpc ID 'vpc-1' does not exist")
  assert.equal(await answer(`${describe}${ids}&a=`), '400 A request can have at most 5000 parameters')
  assert.equal(await answer(describe + '&a'.repeat(500_000)), '400 A request can have at most 5000 parameters')
  const deep = `&VpcId.1${'.a'.repeat(500_000)}=vpc-1`
  assert.equal(await answer(describe + deep), '400 The parameter VpcId.1.a is not recognized')
})

test('a request is answered by the service that it is signed for, and by no other', async () => {
  await using server = await startServer({ timing: 'instant' })
  const of = async (wish: Wish) => (await send(server.url, await signed(server.url, wish))).text
  assert.match(await of({ service: 'ec2', target: 'DescribeLocations' }), /<Code>MissingAction</)
  assert.match(await of({ service: 'tagging', target: 'DescribeLocations' }), /UnknownOperationException/)
  assert.match(await of({ service: 's3', target: 'DescribeLocations' }), /InvalidSignatureException/)
})

test('whatever is sent, signed or not, is refused in the shape of its service', async () => {
  await using server = await startServer({ timing: 'instant' })
  const names = fc.constantFrom(
    'Action',
    'Version',
    'VpcId',
    'VpcId.1',
    'Filter.1.Name',
    'Filter.1.Value.1',
    'Tag.1.Key',
    '...',
    '__proto__.1',
    'DryRun',
  )
  const values = fc.oneof(
    fc.constantFrom('DescribeVpcs', 'CreateTags', 'DescribeTags', '2016-11-15', '2011-06-15', 'AssumeRole'),
    fc.string({ unit: 'binary' }),
  )
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('ec2', 'sts', 'tagging'),
      fc.array(fc.tuple(names, values), { maxLength: 8 }),
      fc.boolean(),
      async (service, fields, known) => {
        const body = new URLSearchParams(fields.map(([name, value]) => [name, value])).toString()
        const wish = { service, body, headers: form, secret: known ? 'test' : 'wrong' }
        const { status, text: answered } = await send(server.url, await signed(server.url, wish))
        assert.ok(status < 500, answered)
        const shape = {
          ec2: /^<\?xml.*\n<(Response><Errors>|\w+Response xmlns)/,
          sts: /^<\?xml.*\n<ErrorResponse /,
          tagging: /^\{"__type":/,
        }[service]
        assert.match(answered, shape ?? /./)
      },
    ),
    { numRuns: 200 },
  )
})

test('any text can be an element of XML', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (value) => {
      const written = escaped(value)
      assert.doesNotMatch(written, /[<>"\r]|&(?!(amp|lt|gt|quot|#13);)/)
      assert.ok(written.isWellFormed())
    }),
  )
})

test('the AWS CLI asks who it is, makes a VPC and waits for it', skipWithout('the AWS CLI', awsCli), async () => {
  await using server = await startServer({ timing: 'instant' })
  const aws = async (...args: readonly string[]) => {
    const { status, stdout, stderr } = await run(awsCli ?? '', [...args, '--endpoint-url', server.url], server, {
      key: '111122223333',
    })
    assert.equal(status, 0, stderr)
    return stdout === '' ? undefined : JSON.parse(stdout)
  }
  assert.equal((await aws('sts', 'get-caller-identity')).Arn, 'arn:aws:iam::111122223333:root')
  const { Vpc: vpc } = await aws(
    'ec2',
    'create-vpc',
    '--cidr-block',
    '10.0.0.0/16',
    '--tag-specifications',
    'ResourceType=vpc,Tags=[{Key=Name,Value=x}]',
  )
  await aws('ec2', 'wait', 'vpc-available', '--vpc-ids', vpc.VpcId)
  assert.equal((await aws('resourcegroupstaggingapi', 'get-resources')).ResourceTagMappingList.length, 1)
})

const script = `
import boto3, json, os, time
def client(service, **more):
    return boto3.client(service, endpoint_url=os.environ['ENDPOINT'], **more)
ec2 = client('ec2')
role = client('sts').assume_role(RoleArn='arn:aws:iam::444455556666:role/deploy', RoleSessionName='tom')['Credentials']
theirs = client('ec2', aws_access_key_id=role['AccessKeyId'], aws_secret_access_key=role['SecretAccessKey'], aws_session_token=role['SessionToken'])
vpc = ec2.create_vpc(CidrBlock='10.0.0.0/16')['Vpc']['VpcId']
vgw = ec2.create_vpn_gateway(Type='ipsec.1', AmazonSideAsn=65001, TagSpecifications=[{'ResourceType': 'vpn-gateway', 'Tags': [{'Key': 'Name', 'Value': 'x'}]}])['VpnGateway']['VpnGatewayId']
ec2.get_waiter('vpc_available').wait(VpcIds=[vpc])
ec2.modify_vpc_attribute(VpcId=vpc, EnableDnsHostnames={'Value': True})
block = ec2.associate_vpc_cidr_block(VpcId=vpc, CidrBlock='10.1.0.0/16')['CidrBlockAssociation']['AssociationId']
ec2.disassociate_vpc_cidr_block(AssociationId=block)
ec2.attach_vpn_gateway(VpcId=vpc, VpnGatewayId=vgw)
table = ec2.create_route_table(VpcId=vpc)['RouteTable']['RouteTableId']
ec2.enable_vgw_route_propagation(GatewayId=vgw, RouteTableId=table)
ec2.disable_vgw_route_propagation(GatewayId=vgw, RouteTableId=table)
ec2.delete_route_table(RouteTableId=table)
tgw = ec2.create_transit_gateway(Options={'AmazonSideAsn': 64600})['TransitGateway']['TransitGatewayId']
ec2.modify_transit_gateway(TransitGatewayId=tgw, Description='x')
subnet = ec2.create_subnet(VpcId=vpc, CidrBlock='10.0.0.0/24')['Subnet']['SubnetId']
ec2.get_waiter('subnet_available').wait(SubnetIds=[subnet])
attached = ec2.create_transit_gateway_vpc_attachment(TransitGatewayId=tgw, VpcId=vpc, SubnetIds=[subnet])['TransitGatewayVpcAttachment']['TransitGatewayAttachmentId']
ec2.create_tags(Resources=[tgw], Tags=[{'Key': 'Name', 'Value': 'y'}])
ec2.delete_tags(Resources=[vgw], Tags=[{'Key': 'Name'}])
seen = {
    'hostnames': ec2.describe_vpc_attribute(VpcId=vpc, Attribute='enableDnsHostnames')['EnableDnsHostnames']['Value'],
    'attachment': ec2.describe_vpn_gateways(VpnGatewayIds=[vgw])['VpnGateways'][0]['VpcAttachments'][0]['State'],
    'tables': len(ec2.describe_route_tables()['RouteTables']),
    'acls': len(ec2.describe_network_acls()['NetworkAcls']),
    'groups': len(ec2.describe_security_groups()['SecurityGroups']),
    'attachments': len(ec2.describe_transit_gateway_attachments()['TransitGatewayAttachments']),
    'subnets': [each['AvailabilityZone'] for each in ec2.describe_subnets()['Subnets']],
    'attached': [each['SubnetIds'] == [subnet] for each in ec2.describe_transit_gateway_vpc_attachments()['TransitGatewayVpcAttachments']],
    'transit': [each['State'] for each in ec2.describe_transit_gateways()['TransitGateways']],
    'tags': [tag['Value'] for tag in ec2.describe_tags()['Tags']],
    'platforms': ec2.describe_account_attributes(AttributeNames=['supported-platforms'])['AccountAttributes'][0]['AttributeValues'][0]['AttributeValue'],
    'theirs': len(theirs.describe_vpcs()['Vpcs']),
    'resources': len(client('resourcegroupstaggingapi').get_resources(TagFilters=[{'Key': 'Name', 'Values': ['y']}])['ResourceTagMappingList']),
}
ec2.delete_transit_gateway_vpc_attachment(TransitGatewayAttachmentId=attached)
ec2.detach_vpn_gateway(VpcId=vpc, VpnGatewayId=vgw)
time.sleep(0.01)
ec2.delete_subnet(SubnetId=subnet)
ec2.delete_vpn_gateway(VpnGatewayId=vgw)
ec2.delete_transit_gateway(TransitGatewayId=tgw)
ec2.delete_vpc(VpcId=vpc)
seen['vpcs'] = ec2.describe_vpcs()['Vpcs']
print(json.dumps(seen))
`

test('boto3 parses the answer of every action', skipWithout('boto3', python), async () => {
  await using server = await startServer({ timing: 'instant' })
  const { status, stdout, stderr } = await run(python ?? '', ['-c', script], server, { key: '111122223333' })
  assert.equal(status, 0, stderr)
  assert.deepEqual(JSON.parse(stdout), {
    hostnames: true,
    attachment: 'attached',
    tables: 1,
    acls: 1,
    groups: 1,
    attachments: 1,
    subnets: ['us-east-1a'],
    attached: [true],
    transit: ['available'],
    tags: ['y'],
    platforms: 'VPC',
    theirs: 0,
    resources: 1,
    vpcs: [],
  })
})
