import type { Random } from '@rukun/core/foundation';

const BASE36 = '0123456789abcdefghijklmnopqrstuvwxyz';
const LENGTH = 10;

/** A new opaque id for a person; it says nothing about them. */
export function drawPersonId(random: Random): string {
  return Array.from({ length: LENGTH }, () => BASE36.charAt(Math.floor(random.next() * BASE36.length))).join(
    '',
  );
}
