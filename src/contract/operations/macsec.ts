export const macsec = {
  AssociateMacSecKey: {
    input: 'AssociateMacSecKeyRequest',
    output: 'AssociateMacSecKeyResponse',
    errors: [],
    writes: true,
  },
  DisassociateMacSecKey: {
    input: 'DisassociateMacSecKeyRequest',
    output: 'DisassociateMacSecKeyResponse',
    errors: [],
    writes: true,
  },
} as const
