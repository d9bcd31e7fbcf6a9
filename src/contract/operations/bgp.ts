export const bgp = {
  CreateBGPPeer: { input: 'CreateBGPPeerRequest', output: 'CreateBGPPeerResponse', errors: [], writes: true },
  DeleteBGPPeer: { input: 'DeleteBGPPeerRequest', output: 'DeleteBGPPeerResponse', errors: [], writes: true },
  StartBgpFailoverTest: {
    input: 'StartBgpFailoverTestRequest',
    output: 'StartBgpFailoverTestResponse',
    errors: [],
    writes: true,
  },
  StopBgpFailoverTest: {
    input: 'StopBgpFailoverTestRequest',
    output: 'StopBgpFailoverTestResponse',
    errors: [],
    writes: true,
  },
  ListVirtualInterfaceTestHistory: {
    input: 'ListVirtualInterfaceTestHistoryRequest',
    output: 'ListVirtualInterfaceTestHistoryResponse',
    errors: [],
    writes: false,
    paginated: true,
  },
} as const
