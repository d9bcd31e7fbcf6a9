export const accounts = {
  CustomerAgreement: { agreementName: 'string AgreementName', status: 'string Status' },
  DescribeCustomerMetadataResponse: { agreements: '[CustomerAgreement]', nniPartnerType: 'enum NniPartnerType' },
  ConfirmCustomerAgreementRequest: { agreementName: 'string AgreementName' },
  ConfirmCustomerAgreementResponse: { status: 'string Status' },
} as const
