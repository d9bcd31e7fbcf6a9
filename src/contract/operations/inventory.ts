export const inventory = {
  DescribeLocations: { input: null, output: 'Locations', errors: [], writes: false },
} as const
