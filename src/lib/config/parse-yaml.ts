// Loaded only where there is a file to read.
export {LineCounter, parseDocument} from 'yaml'
