export const connections = {
  CreateConnection: {
    input: 'CreateConnectionRequest',
    output: 'Connection',
    errors: ['DuplicateTagKeysException', 'TooManyTagsException'],
    writes: true,
  },
  DescribeConnections: {
    input: 'DescribeConnectionsRequest',
    output: 'Connections',
    errors: [],
    writes: false,
    paginated: true,
  },
  UpdateConnection: { input: 'UpdateConnectionRequest', output: 'Connection', errors: [], writes: true },
  DeleteConnection: { input: 'DeleteConnectionRequest', output: 'Connection', errors: [], writes: true },
  UpdateConnectionsBillingMode: {
    input: 'UpdateConnectionsBillingModeRequest',
    output: 'UpdateConnectionsBillingModeResponse',
    errors: [],
    writes: true,
  },
} as const
