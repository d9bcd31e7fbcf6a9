export const interconnects = {
  CreateInterconnect: {
    input: 'CreateInterconnectRequest',
    output: 'Interconnect',
    errors: ['DuplicateTagKeysException', 'TooManyTagsException'],
    writes: true,
  },
  DescribeInterconnects: {
    input: 'DescribeInterconnectsRequest',
    output: 'Interconnects',
    errors: [],
    writes: false,
    paginated: true,
  },
  DeleteInterconnect: {
    input: 'DeleteInterconnectRequest',
    output: 'DeleteInterconnectResponse',
    errors: [],
    writes: true,
  },
} as const
