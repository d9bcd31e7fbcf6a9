export const tags = {
  TagResource: {
    input: 'TagResourceRequest',
    output: 'TagResourceResponse',
    errors: ['DuplicateTagKeysException', 'TooManyTagsException'],
    writes: true,
  },
  DescribeTags: { input: 'DescribeTagsRequest', output: 'DescribeTagsResponse', errors: [], writes: false },
  UntagResource: { input: 'UntagResourceRequest', output: 'UntagResourceResponse', errors: [], writes: true },
} as const
