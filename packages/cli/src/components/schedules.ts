import type { BuiltIns } from '../config/built-in.ts';

export const SCHEDULES: BuiltIns<void, never> = {};
