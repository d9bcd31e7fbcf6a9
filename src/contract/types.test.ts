import { test } from 'node:test'
import type { EnumValue, Input, OperationName, Output, Shape } from './types.ts'

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
const holds = <_Claim extends true>() => undefined

// The compiler is what tests here: each comment expects its next line not to compile.
test('the types are the contract', () => {
  holds<Same<EnumValue<'AddressFamily'>, 'ipv4' | 'ipv6'>>()
  holds<Same<Shape<'Tag'>, { readonly key: string; readonly value?: string | undefined }>>()
  holds<Same<Shape<'Loa'>['loaContent'], Uint8Array | undefined>>()
  holds<Same<Shape<'Connection'>['loaIssueTime'], number | undefined>>()
  holds<Same<Shape<'Connection'>['tags'], readonly Shape<'Tag'>[] | undefined>>()
  holds<Same<Shape<'RouteFilters'>['asPath'], readonly number[] | undefined>>()
  holds<Same<Input<'CreatePrivateVirtualInterface'>['newPrivateVirtualInterface']['vlan'], number>>()
  holds<Same<Input<'UntagResource'>['tagKeys'], readonly string[]>>()
  holds<Same<Output<'CreateTransitVirtualInterface'>['virtualInterface'], Shape<'VirtualInterface'> | undefined>>()
  holds<Same<Output<'CreatePrivateVirtualInterface'>, Shape<'VirtualInterface'>>>()
  holds<Input<'DescribeLags'> | Input<'DescribeLocations'> extends Input<OperationName> ? true : false>()
})

test('a request is checked by the compiler', () => {
  const requests: {
    readonly connection: Input<'CreateConnection'>
    readonly peer: Input<'CreateBGPPeer'>
    readonly locations: Input<'DescribeLocations'>
  }[] = []

  requests.push({
    connection: { location: 'EqDC2', bandwidth: '1Gbps', connectionName: 'one', tags: undefined },
    peer: { newBGPPeer: { addressFamily: 'ipv6' } },
    locations: {},
  })
  requests.push({
    // @ts-expect-error the name is missing
    connection: { location: 'EqDC2', bandwidth: '1Gbps' },
    // @ts-expect-error there is no such family
    peer: { newBGPPeer: { addressFamily: 'ipv5' } },
    // @ts-expect-error the operation takes nothing
    locations: { maxResults: 1 },
  })
  requests.push({
    // @ts-expect-error a required member is never undefined
    connection: { location: undefined, bandwidth: '1Gbps', connectionName: 'one' },
    // @ts-expect-error the member is misspelt
    peer: { newBgpPeer: {} },
    locations: {},
  })
})

test('an answer is checked by the compiler', () => {
  const answers: { readonly lag: Output<'CreateLag'>; readonly tagged: Output<'TagResource'> }[] = []

  answers.push({ lag: { lagState: 'requested', connections: [{ vlan: 7, loaIssueTime: Date.now() }] }, tagged: {} })
  answers.push({
    // @ts-expect-error a LAG is never testing
    lag: { lagState: 'testing' },
    // @ts-expect-error the answer has no members
    tagged: { tags: [] },
  })
  answers.push({
    // @ts-expect-error a time is a number of milliseconds
    lag: { connections: [{ loaIssueTime: new Date() }] },
    tagged: {},
  })

  const lag: Output<'CreateLag'> = {}
  // @ts-expect-error members are read-only
  lag.lagName = 'two'
  // @ts-expect-error lists are read-only
  lag.tags?.push({ key: 'a' })
})

test('a name is checked by the compiler', () => {
  // @ts-expect-error there is no such operation
  holds<Same<Input<'CreateConection'>, never>>()
  // @ts-expect-error there is no such structure
  holds<Same<Shape<'Conection'>, never>>()
  // @ts-expect-error there is no such enum
  holds<Same<EnumValue<'ConnectionStates'>, never>>()
})
