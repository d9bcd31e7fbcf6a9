export const resiliency = {
  CreateResiliencyGroup: {
    input: 'CreateResiliencyGroupRequest',
    output: 'CreateResiliencyGroupResult',
    errors: ['DuplicateTagKeysException', 'TooManyTagsException', 'LimitExceededException'],
    writes: true,
  },
  GetResiliencyGroup: {
    input: 'GetResiliencyGroupRequest',
    output: 'GetResiliencyGroupResult',
    errors: [],
    writes: false,
  },
  ListResiliencyGroups: {
    input: 'ListResiliencyGroupsRequest',
    output: 'ListResiliencyGroupsResult',
    errors: [],
    writes: false,
    paginated: true,
  },
  UpdateResiliencyGroup: {
    input: 'UpdateResiliencyGroupRequest',
    output: 'UpdateResiliencyGroupResult',
    errors: [],
    writes: true,
  },
  DeleteResiliencyGroup: {
    input: 'DeleteResiliencyGroupRequest',
    output: 'DeleteResiliencyGroupResult',
    errors: [],
    writes: true,
  },
  AssociateConnectionsToResiliencyGroup: {
    input: 'AssociateConnectionsToResiliencyGroupRequest',
    output: 'AssociateConnectionsToResiliencyGroupResult',
    errors: ['LimitExceededException'],
    writes: true,
  },
  ListResiliencyGroupAssociations: {
    input: 'ListResiliencyGroupAssociationsRequest',
    output: 'ListResiliencyGroupAssociationsResult',
    errors: [],
    writes: false,
    paginated: true,
  },
  DisassociateConnectionsFromResiliencyGroup: {
    input: 'DisassociateConnectionsFromResiliencyGroupRequest',
    output: 'DisassociateConnectionsFromResiliencyGroupResult',
    errors: [],
    writes: true,
  },
} as const
