// How values get into a request, and how its answer is looked at: beside the AWS CLI, on the same server.
import assert from 'node:assert/strict'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { parse } from 'yaml'
import { startAwsCli } from '../../tools/aws-cli-driver.ts'
import { awsCli, skipWithout } from '../../tools/clients.ts'
import { crossconnect } from '../../tools/crossconnect.ts'
import { rawClient } from '../../tools/raw.ts'
import { startRelay } from '../../tools/relay.ts'
import { startServer } from '../../tools/server.ts'

const environment = { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test', AWS_REGION: 'us-east-1' }
const virtualInterface = [
  'create-private-virtual-interface',
  '--connection-id',
  'dxcon-1',
  '--new-private-virtual-interface',
]
const port = ['create-connection', '--location', 'EqDC2', '--bandwidth', '1Gbps']

test(
  'values come from options, files and whole inputs as they come to the AWS CLI',
  skipWithout('the AWS CLI', awsCli),
  async () => {
    await using server = await startServer()
    await using relay = await startRelay(server.url)
    await using aws = await startAwsCli(server)
    const folder = join(server.data, 'values')
    mkdirSync(folder)
    const file = (name: string, content: string) => {
      writeFileSync(join(folder, name), content)
      return `file://${join(folder, name)}`
    }
    const lines: readonly (readonly string[])[] = [
      [...port, '--connection-name', 'a=b,c', '--tags', 'key=a,value=b', 'key=c'],
      [...port, '--connection-name', 'x', '--tags', '[{"key": "a", "value": "b, c"}]'],
      [...port, '--connection-name', 'x', '--tags', '{"key": "a"}', '{"key": "b"}'],
      [...port, '--connection-name', 'x', '--tags', file('tags.json', '[{"key": "of a file"}]')],
      [...port, '--connection-name', file('name', 'of a file'), '--request-mac-sec', '--no-request-mac-sec'],
      [...port, '--connection-name=--x', '--request-mac-sec'],
      [...port, '--connection-name', 'one', '--connection-name', 'the last one'],
      [
        ...virtualInterface,
        'virtualInterfaceName=a b,vlan=7,asn= 65000 ,enableSiteLink=TRUE,tags=[{key=a,value="b,c"},{key=d}]',
      ],
      [...virtualInterface, file('interface.json', '{"virtualInterfaceName": "of a file", "vlan": 8, "asn": 1}')],
      [...virtualInterface, file('interface', 'virtualInterfaceName=of a file,vlan=8,asn=1')],
      [...virtualInterface, "virtualInterfaceName='it\\'s',vlan=8,asn=1,tags={key=alone}"],
      [
        'create-public-virtual-interface',
        '--connection-id',
        'x',
        '--new-public-virtual-interface',
        'virtualInterfaceName=a,vlan=1,asn=1,routeFilterPrefixes=[{cidr=198.51.100.0/30},{cidr=198.51.100.4/30}]',
      ],
      ['describe-tags', '--resource-arns', 'one', 'two'],
      ['describe-tags', '--resource-arns', '["one", "two"]'],
      ['describe-tags', '--resource-arns'],
      ['delete-bgp-peer', '--virtual-interface-id', 'dxvif-1', '--asn', '65_000', '--customer-address', '10.0.0.1/30'],
      [
        'create-connection',
        '--cli-input-json',
        '{"location": "EqDC2", "bandwidth": "1Gbps", "connectionName": "of json"}',
      ],
      [
        'create-connection',
        '--cli-input-json',
        file('input.json', '{"location": "x", "bandwidth": "y", "connectionName": "z"}'),
        '--bandwidth',
        'first',
      ],
      [
        'create-connection',
        '--cli-input-yaml',
        file('input.yaml', 'location: x\nbandwidth: "1"\nconnectionName: z\ntags:\n- key: a\n'),
      ],
    ]
    for (const words of lines) {
      const line = words.join(' ')
      relay.record((_, answer) => answer)
      const ours = await crossconnect([...words, '--endpoint-url', relay.url], { environment })
      const exchanges = relay.exchanges()
      assert.equal(exchanges.length, 1, `${line}: ${ours.stderr}`)
      relay.replay(exchanges, (_, answer) => answer)
      const theirs = await aws.run([...words, '--endpoint-url', relay.url])
      assert.deepEqual(
        relay.exchanges().map(({ body }) => body),
        exchanges.map(({ body }) => body),
        line,
      )
      assert.equal(ours.stderr, theirs.stderr, line)
    }
  },
)

test('a query and each format show what the AWS CLI shows', skipWithout('the AWS CLI', awsCli), async () => {
  await using server = await startServer({ timing: 'instant' })
  await using aws = await startAwsCli(server)
  const ask = rawClient(server)
  const tags = [
    { key: 'team', value: 'däta:1' },
    { key: 'yes', value: 'no' },
  ]
  for (const [number, connectionName] of [
    'a',
    'ü \u001b[31m',
    '日本 😀',
    'null',
    '12:30',
    '0x1F',
    '- x: y',
    '~',
  ].entries())
    await ask('CreateConnection', {
      location: 'EqDC2',
      bandwidth: '1Gbps',
      connectionName,
      ...(number % 2 ? { tags } : {}),
    })
  await server.advance(1)
  const queries = [
    'connections[].[connectionName,connectionState]',
    'connections[].{name:connectionName,tags:tags[].key,yes:jumboFrameCapable,none:vlan}',
    'connections[?bandwidth==`1Gbps`].connectionName',
    'connections[*].tags[]',
    'connections[].tags',
    'connections[1].{id: connectionId, tags: tags, region: region}',
    'connections[0].connectionName',
    'connections[0].jumboFrameCapable',
    'length(connections)',
    'connections[].nothing',
    'nothing',
    "connections[?contains(connectionName, 'a')] | [0].tags",
    'sort_by(connections, &connectionName)[].connectionName',
    '[connections[0].tags, connections[1].tags, `[[1, 2], "a"]`]',
    '{a: `1`, b: {c: `true`, d: [`null`]}}',
    'keys(connections[1].tags[0]) | sort(@)',
    '`[]`',
    '`{}`',
    'connections[].{tags: tags}',
    '{a: connections[].{tags: tags[].{key: key}}}',
    '`[[], []]`',
    '`[{}]`',
    '`{"a": {}, "b": []}`',
    // A function or a comparison may go wrong where nobody sees it.
    "connections[?starts_with(connectionName, 'n')].connectionName",
    "starts_with('alpha', 'a')",
    'sort(`[10, 9, 1]`)',
    'max(`["a", "B"]`)',
    'min(`["a", "B", "é"]`)',
    'max_by(connections, &connectionName).connectionName',
    'min_by(connections, &connectionName).connectionName',
    'connections[?vlan < `100`].connectionName',
    '[avg(`[]`), max_by(`[]`, &a)]',
    'contains(`[{"a": 1}]`, `{"a": 1}`)',
    "[length('😀'), reverse('日本 😀'), to_string({a: 'ü'})]",
    "[to_number('0x10'), to_number(''), to_number('-1')]",
    '[toString, connections[0].constructor, __proto__]',
    'connections[].hasOwnProperty',
    '`[1, 2, 3, 4]`[::-2]',
    '`[1, 2, 3, 4]`[-3:9]',
    '`0` || `false` && `1`',
    '[!connections, !nothing]',
    'connections[?tags && !vlan].connectionName',
    'merge(`{"a": 1}`, {b: \'c\'})',
  ]
  for (const query of queries) {
    for (const output of ['json', 'text', 'yaml', 'table']) {
      const words = ['describe-connections', '--query', query, '--output', output, '--endpoint-url', server.url]
      const [ours, theirs] = await Promise.all([crossconnect(words, { environment }), aws.run(words)])
      // Its tables cannot show everything: it fails, or leaves a value out that stands alone.
      if (output === 'table' && (theirs.status !== 0 || theirs.stdout.split('\n').length === 4)) {
        assert.equal(ours.status, 0, words.join(' '))
        continue
      }
      // In YAML there is more than one way to write a text; the data has to be the same.
      const read = (text: string) => (output === 'yaml' ? parse(text, { version: '1.2' }) : text)
      assert.deepEqual(
        [ours.status, read(ours.stdout), ours.stderr],
        [theirs.status, read(theirs.stdout), theirs.stderr],
        words.join(' '),
      )
    }
  }
})
