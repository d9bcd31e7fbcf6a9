export const routing = {
  Route: {
    cidr: 'string',
    routeDirection: 'enum RouteDirection',
    addressFamily: 'enum AddressFamily',
    asPath: '[AsPathSegment]',
    communities: '[string]',
    awsLogicalDeviceId: 'string',
    routeInstalledAt: 'timestamp',
  },
  AsPathSegment: { pathType: 'enum AsPathType', path: '[long]' },
  RouteFilters: {
    routeDirection: 'enum RouteDirection',
    addressFamily: 'enum AddressFamily',
    cidrs: '[string] RouteFilterCidrStringList',
    asPath: '[long]',
    communities: '[string]',
  },
  ListVirtualInterfaceRoutesRequest: {
    virtualInterfaceId: 'string',
    filters: 'RouteFilters',
    maxResults: 'integer',
    nextToken: 'string',
  },
  ListVirtualInterfaceRoutesResponse: { virtualInterfaceId: 'string', routes: '[Route]', nextToken: 'string' },
} as const
