/**
 * Paths of modules and parameters by pattern, as gitignore has them: `*` is any name or part of one, `**` any number of
 * names, a leading `!` takes out again. A pattern means everything below what it names: `layer1` is `layer1.0.conv1` too.
 */
export type PathPatterns = string | readonly string[];

/** A function that says whether a path is meant. The later of two patterns wins. */
export function pathMatcher(patterns: PathPatterns): (path: string) => boolean {
  const rules = patternList(patterns).map((pattern) => ({
    includes: !pattern.startsWith('!'),
    expression: expressionOf(pattern.replace(/^!/, '')),
  }));
  return (path) => {
    const names = path === '' ? '' : `.${path}`;
    return rules.reduce((meant, { includes, expression }) => (expression.test(names) ? includes : meant), false);
  };
}

export function patternList(patterns: PathPatterns): readonly string[] {
  return typeof patterns === 'string' ? [patterns] : patterns;
}

/** For a path with a dot before each name, so that `**` may stand for no name at all. */
function expressionOf(pattern: string): RegExp {
  const names = pattern.split('.').map((name) => {
    if (name === '**') return '(\\.[^.]+)*';
    return `\\.${name.replace(/[\\^$+?()[\]{}|]/g, '\\$&').replaceAll('*', '[^.]*')}`;
  });
  return new RegExp(`^${names.join('')}(\\..+)?$`);
}
