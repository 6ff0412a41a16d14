// Every export is a kernel `name(...arguments, begin, end)`: it computes the tasks [begin, end) of its job and writes
// nothing that another task writes, so that any split among threads gives the same bits.
export { setScratch } from './scratch';
export { relu, reluGrad } from './elementwise/relu';
export { packPanels } from './tile/pack-panels';
export { convolve } from './conv/convolve';
export { convFilterGradient, sumPartials } from './conv/filter-gradient';
export { multiply } from './matmul/multiply';
export { maxPool, maxPoolGrad } from './pool/max-pool';
export { avgPool, avgPoolGrad } from './pool/avg-pool';
