export const lags = {
  CreateLag: {
    input: 'CreateLagRequest',
    output: 'Lag',
    errors: ['DuplicateTagKeysException', 'TooManyTagsException'],
    writes: true,
  },
  DescribeLags: { input: 'DescribeLagsRequest', output: 'Lags', errors: [], writes: false, paginated: true },
  UpdateLag: { input: 'UpdateLagRequest', output: 'Lag', errors: [], writes: true },
  DeleteLag: { input: 'DeleteLagRequest', output: 'Lag', errors: [], writes: true },
  AssociateConnectionWithLag: {
    input: 'AssociateConnectionWithLagRequest',
    output: 'Connection',
    errors: ['LimitExceededException'],
    writes: true,
  },
  DisassociateConnectionFromLag: {
    input: 'DisassociateConnectionFromLagRequest',
    output: 'Connection',
    errors: [],
    writes: true,
  },
} as const
