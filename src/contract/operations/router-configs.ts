export const routerConfigs = {
  DescribeRouterConfiguration: {
    input: 'DescribeRouterConfigurationRequest',
    output: 'DescribeRouterConfigurationResponse',
    errors: [],
    writes: false,
  },
} as const
