import type { Check } from '../../src/doctor/check';
import { good } from '../../src/doctor/finding';
import type { DoctorParts } from '../../src/doctor/parts';
import { isSound, lookAtAll } from '../../src/doctor/run';

const fine: Check = { id: 'fine', area: 'Rasa', look: async () => [good('All is well.')] };
const faulty: Check = {
  id: 'faulty',
  area: 'Rasa',
  look: async () => {
    throw new TypeError('the token is abc123');
  },
};

test("a fault of the doctor's own is no fault of the set-up, keeps nobody from looking on, and tells no content", async () => {
  const looked = await lookAtAll([faulty, fine], {} as DoctorParts);
  expect(looked.map(({ check, findings }) => [check, findings[0]?.verdict])).toEqual([
    ['faulty', 'unseen'],
    ['fine', 'good'],
  ]);
  expect(looked[0]?.findings[0]?.what).toBe('The check faulty could not be made (TypeError).');
  expect(JSON.stringify(looked)).not.toContain('abc123');
  expect(isSound(looked)).toBe(true);
});
