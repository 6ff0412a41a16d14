import { transform } from 'sucrase';

/** True for the URL of a file that Node needs help with. */
export function isTypeScriptUrl(url: string): boolean {
  return url.startsWith('file:') && /\.[mc]?ts$/.test(new URL(url).pathname);
}

/**
 * JavaScript of a TypeScript module, by removing the types: each line stays where it was, so that the line numbers of
 * errors are the author's.
 *
 * @throws SyntaxError with the line and column.
 */
export function javaScriptOf(source: string, path: string): string {
  return transform(source, { transforms: ['typescript'], disableESTransforms: true, filePath: path }).code;
}
