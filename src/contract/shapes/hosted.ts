export const hosted = {
  AllocateHostedConnectionRequest: {
    'connectionId*': 'string',
    'ownerAccount*': 'string',
    'bandwidth*': 'string',
    'connectionName*': 'string',
    'vlan*': 'integer',
    tags: '[Tag] TagList',
  },
  AllocateConnectionOnInterconnectRequest: {
    'bandwidth*': 'string',
    'connectionName*': 'string',
    'ownerAccount*': 'string',
    'interconnectId*': 'string',
    'vlan*': 'integer',
  },
  AssociateHostedConnectionRequest: { 'connectionId*': 'string', 'parentConnectionId*': 'string' },
  ConfirmConnectionRequest: { 'connectionId*': 'string' },
  ConfirmConnectionResponse: { connectionState: 'enum ConnectionState' },
  DescribeHostedConnectionsRequest: { 'connectionId*': 'string', maxResults: 'integer', nextToken: 'string' },
  DescribeConnectionsOnInterconnectRequest: { 'interconnectId*': 'string' },
} as const
