export const routerConfigs = {
  RouterType: {
    vendor: 'string',
    platform: 'string',
    software: 'string',
    xsltTemplateName: 'string',
    xsltTemplateNameForMacSec: 'string',
    routerTypeIdentifier: 'string',
  },
  DescribeRouterConfigurationRequest: { 'virtualInterfaceId*': 'string', routerTypeIdentifier: 'string' },
  DescribeRouterConfigurationResponse: {
    customerRouterConfig: 'string',
    router: 'RouterType',
    virtualInterfaceId: 'string',
    virtualInterfaceName: 'string',
  },
} as const
