import assert from 'node:assert/strict'
import { test } from 'node:test'
import { commandNames, dashed } from '../../../src/cli/operations/names.ts'
import { optionsOf } from '../../../src/cli/operations/options.ts'
import { membersOf } from '../../../src/contract/notation.ts'
import { isOperationName, operations } from '../../../src/contract/operations.ts'
import { startAwsCli } from '../../tools/aws-cli-driver.ts'
import { awsCli, skipWithout } from '../../tools/clients.ts'
import { crossconnect } from '../../tools/crossconnect.ts'
import { startServer } from '../../tools/server.ts'
import { known } from './side-by-side.ts'

test(
  'the skeletons of what the AWS CLI knows are its own, byte for byte, without what it does not know',
  skipWithout('the AWS CLI', awsCli),
  async () => {
    await using server = await startServer()
    await using aws = await startAwsCli(server)
    for (const [operation, { input, output }] of Object.entries(aws.model.operations)) {
      const command = dashed(operation)
      const shapes = { input: input?.shape, output: output?.shape }
      for (const which of ['input', 'output'] as const) {
        // Of a letter it refuses its own skeleton: there are no bytes in it.
        if (which === 'output' && operation.endsWith('Loa')) continue
        const words = [command, ...(which === 'output' ? required(operation) : []), '--generate-cli-skeleton', which]
        const theirs = await aws.run(words)
        assert.deepEqual([theirs.status, theirs.stderr], [0, ''], words.join(' '))
        const ours = await crossconnect(words)
        assert.deepEqual([ours.status, ours.stderr], [0, ''], words.join(' '))
        const common = known(aws.model, shapes[which], JSON.parse(ours.stdout || '{}'))
        const shown = ours.stdout === '' ? '' : `${JSON.stringify(common, null, 4)}\n`
        assert.equal(shown, theirs.stdout, words.join(' '))
      }
    }
  },
)

test('every option of a command of the AWS CLI is an option of ours', skipWithout('the AWS CLI', awsCli), async () => {
  await using server = await startServer()
  await using aws = await startAwsCli(server)
  assert.equal(Object.keys(aws.options).length, Object.keys(aws.model.operations).length)
  for (const [command, theirs] of Object.entries(aws.options)) {
    const operation = commandNames.get(command)
    assert.ok(operation !== undefined, command)
    const ours = optionsOf(operation)
    const isOurs = (name: string) =>
      Object.hasOwn(ours, name) || (name.startsWith('no-') && ours[name.slice(3)]?.negatable === true)
    assert.deepEqual(
      theirs.filter((name) => !isOurs(name)),
      [],
      command,
    )
  }
})

/** What `output` asks for, since it checks the command. */
function required(operation: string): readonly string[] {
  if (!isOperationName(operation)) throw new Error(`${operation} is not in the contract`)
  const { input } = operations[operation]
  const members = input === null ? [] : membersOf(input).filter((member) => member.required)
  return members.flatMap(({ name, type }) => {
    const option = `--${dashed(name)}`
    if (type.kind === 'boolean') return [option]
    if (type.kind === 'structure') return [option, structures[type.name] ?? '{}']
    if (type.kind === 'list') return [option, type.item.kind === 'structure' ? 'key=a' : 'a']
    return [option, type.kind === 'integer' ? '1' : 'a']
  })
}

const facts = 'virtualInterfaceName=a,vlan=1,asn=65000'
const structures: Readonly<Record<string, string>> = {
  NewPrivateVirtualInterface: facts,
  NewPrivateVirtualInterfaceAllocation: facts,
  NewPublicVirtualInterface: facts,
  NewPublicVirtualInterfaceAllocation: facts,
  NewTransitVirtualInterface: facts,
  NewTransitVirtualInterfaceAllocation: facts,
}
