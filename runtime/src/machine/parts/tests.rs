use super::*;
use core::mem::{MaybeUninit, forget};
use std::cell::RefCell;

struct Noisy<'a>(&'a RefCell<String>, char);

impl Drop for Noisy<'_> {
    fn drop(&mut self) {
        self.0.borrow_mut().push(self.1);
    }
}

type Nested<'a> = (Noisy<'a>, (Noisy<'a>, Noisy<'a>));

fn rest(place: *mut Nested<'_>, gone: u64) {
    // SAFETY: the parts whose bits are up are forgotten.
    let whole = unsafe { ptr::read(place) };
    if gone & 1 != 0 {
        forget(whole.0);
    }
    if gone & 2 != 0 {
        forget(whole.1.0);
    }
}

fn second_rest<'a>(place: *mut (Noisy<'a>, Noisy<'a>), gone: u64) {
    // SAFETY: as above, of the second field alone.
    let whole = unsafe { ptr::read(place) };
    if gone & 2 != 0 {
        forget(whole.0);
    }
}

#[test]
fn what_is_left_drops_where_the_local_does() {
    let log = RefCell::new(String::new());
    {
        let mut room = MaybeUninit::<Nested<'_>>::uninit();
        let place = room.as_mut_ptr();
        let new = |c| Noisy(&log, c);
        let mut flag = 0_u8;
        // SAFETY: the room outlives the guard, and each part is there when it is moved.
        unsafe {
            let guard = LiveParts::new(place, false);
            guard.init((new('a'), (new('b'), new('c'))));
            drop(guard.part(&raw const (*place).0, 1, rest).take());
            guard.store(&raw mut flag);
            guard.park();
            let guard = LiveParts::new(place, false);
            guard.take_up(&raw mut flag, rest);
            drop(guard.at(&raw mut (*place).1.0, 2, rest).take());
            log.borrow_mut().push('|');
            guard.assign_part(&raw mut (*place).0, 1, 0, |_, _| (), new('d'));
            guard.assign_part(&raw mut (*place).1, 0, 2, second_rest, (new('e'), new('f')));
            log.borrow_mut().push('|');
            drop(guard.part(&raw const (*place).1.0, 2, rest).take());
            guard.assign((new('g'), (new('h'), new('i'))));
            log.borrow_mut().push('|');
        }
    }
    assert_eq!(*log.borrow(), "ab|c|edf|ghi");
}
