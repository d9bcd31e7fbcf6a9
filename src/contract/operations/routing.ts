export const routing = {
  ListVirtualInterfaceRoutes: {
    input: 'ListVirtualInterfaceRoutesRequest',
    output: 'ListVirtualInterfaceRoutesResponse',
    errors: [],
    writes: false,
    paginated: true,
  },
} as const
