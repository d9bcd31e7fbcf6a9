export const accounts = {
  DescribeCustomerMetadata: { input: null, output: 'DescribeCustomerMetadataResponse', errors: [], writes: false },
  ConfirmCustomerAgreement: {
    input: 'ConfirmCustomerAgreementRequest',
    output: 'ConfirmCustomerAgreementResponse',
    errors: [],
    writes: true,
  },
} as const
