export const loa = {
  DescribeLoa: { input: 'DescribeLoaRequest', output: 'Loa', errors: [], writes: true },
  DescribeConnectionLoa: {
    input: 'DescribeConnectionLoaRequest',
    output: 'DescribeConnectionLoaResponse',
    errors: [],
    writes: true,
    deprecated: true,
  },
  DescribeInterconnectLoa: {
    input: 'DescribeInterconnectLoaRequest',
    output: 'DescribeInterconnectLoaResponse',
    errors: [],
    writes: true,
    deprecated: true,
  },
} as const
