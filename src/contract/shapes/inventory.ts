export const inventory = {
  Location: {
    locationCode: 'string',
    locationName: 'string',
    region: 'string',
    availablePortSpeeds: '[string]',
    availableProviders: '[string]',
    availableMacSecPortSpeeds: '[string]',
    availableBillingModes: '[AvailableBillingMode]',
  },
  Locations: { locations: '[Location]' },
  AvailableBillingMode: {
    billingMode: 'enum BillingMode',
    availablePortSpeeds: '[string]',
    includedRegions: '[string]',
  },
} as const
