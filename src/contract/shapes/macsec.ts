export const macsec = {
  MacSecKey: { secretARN: 'string', ckn: 'string', state: 'string', startOn: 'string' },
  AssociateMacSecKeyRequest: { 'connectionId*': 'string', secretARN: 'string', ckn: 'string', cak: 'string' },
  AssociateMacSecKeyResponse: { connectionId: 'string', macSecKeys: '[MacSecKey]' },
  DisassociateMacSecKeyRequest: { 'connectionId*': 'string', 'secretARN*': 'string' },
  DisassociateMacSecKeyResponse: { connectionId: 'string', macSecKeys: '[MacSecKey]' },
} as const
