import type { Effect } from '../../conversation/effects';
import { askCourier, tellCourier } from './ask';
import type { Courier, CourierParts } from './courier';
import { attachCourier, discardCourier, fetchCourier } from './file';
import { fileSlots } from './file-slots';
import { handOverCourier } from './hand-over';
import { leaveCourier, reapCourier } from './leave';
import { identifyCourier, openCourier } from './open';
import { postCourier } from './post';
import { rateCourier } from './rate';
import { refreshCourier, showCourier } from './show';

export type Couriers = { readonly [T in Effect['type']]: Courier<Extract<Effect, { type: T }>> };

/** One courier for every kind of effect. */
export function makeCouriers(parts: CourierParts): Couriers {
  const files = { ...parts, inSlot: fileSlots() };
  return {
    ask: askCourier(parts),
    tell_assistant: tellCourier(parts),
    identify: identifyCourier(parts),
    open: openCourier(parts),
    post: postCourier(parts),
    leave: leaveCourier(parts),
    reap: reapCourier(parts),
    show: showCourier(parts),
    refresh: refreshCourier(parts),
    fetch: fetchCourier(files),
    attach: attachCourier(files),
    hand_over: handOverCourier(files),
    discard: discardCourier(parts),
    rate: rateCourier(parts),
  };
}

/** The courier for this effect. The types of effect and courier belong together by their tag, which the compiler cannot follow. */
export function courierFor(couriers: Couriers, effect: Effect): Courier {
  return couriers[effect.type] as unknown as Courier;
}
