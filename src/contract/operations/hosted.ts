export const hosted = {
  AllocateHostedConnection: {
    input: 'AllocateHostedConnectionRequest',
    output: 'Connection',
    errors: ['DuplicateTagKeysException', 'TooManyTagsException'],
    writes: true,
  },
  AllocateConnectionOnInterconnect: {
    input: 'AllocateConnectionOnInterconnectRequest',
    output: 'Connection',
    errors: [],
    writes: true,
    deprecated: true,
  },
  AssociateHostedConnection: {
    input: 'AssociateHostedConnectionRequest',
    output: 'Connection',
    errors: [],
    writes: true,
  },
  ConfirmConnection: {
    input: 'ConfirmConnectionRequest',
    output: 'ConfirmConnectionResponse',
    errors: [],
    writes: true,
  },
  DescribeHostedConnections: {
    input: 'DescribeHostedConnectionsRequest',
    output: 'Connections',
    errors: [],
    writes: false,
    paginated: true,
  },
  DescribeConnectionsOnInterconnect: {
    input: 'DescribeConnectionsOnInterconnectRequest',
    output: 'Connections',
    errors: [],
    writes: false,
    deprecated: true,
  },
} as const
