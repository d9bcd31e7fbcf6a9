export const loa = {
  Loa: { loaContent: 'blob', loaContentType: 'enum LoaContentType' },
  DescribeLoaRequest: { 'connectionId*': 'string', providerName: 'string', loaContentType: 'enum LoaContentType' },
  DescribeConnectionLoaRequest: {
    'connectionId*': 'string',
    providerName: 'string',
    loaContentType: 'enum LoaContentType',
  },
  DescribeConnectionLoaResponse: { loa: 'Loa' },
  DescribeInterconnectLoaRequest: {
    'interconnectId*': 'string',
    providerName: 'string',
    loaContentType: 'enum LoaContentType',
  },
  DescribeInterconnectLoaResponse: { loa: 'Loa' },
} as const
