//! Logistic regression with a ridge, by Newton's method: a dozen weights, so each step is one small
//! system of equations.

use crate::answer::{dot, sigmoid};

/// Pull of the weights towards zero: there are few questions. The first weight, of the constant, isn't pulled.
const RIDGE: f64 = 1.0;
const STEPS: usize = 25;

/// Weights under which the sigmoid of the weighted inputs is the probability of `true`.
pub(super) fn fit<const N: usize>(samples: &[([f64; N], bool)]) -> [f64; N] {
    let mut weights = [0.0; N];
    for _ in 0..STEPS {
        let mut gradient = [0.0; N];
        let mut hessian = [[0.0; N]; N];
        for (input, holds) in samples {
            let p = sigmoid(dot(&weights, input));
            let error = p - f64::from(u8::from(*holds));
            for ((g, row), x) in gradient.iter_mut().zip(&mut hessian).zip(input) {
                *g += error * x;
                row.iter_mut().zip(input).for_each(|(h, y)| *h += p * (1.0 - p) * x * y);
            }
        }
        for (at, ((g, row), weight)) in gradient.iter_mut().zip(&mut hessian).zip(&weights).enumerate() {
            let ridge = if at == 0 { 1e-6 } else { RIDGE };
            *g += ridge * weight;
            if let Some(diagonal) = row.get_mut(at) {
                *diagonal += ridge;
            }
        }
        let step = solve(hessian, gradient);
        weights.iter_mut().zip(step).for_each(|(weight, step)| *weight -= step);
    }
    weights
}

/// Solves a small system of equations by elimination with pivots; the ridge keeps it regular.
fn solve<const N: usize>(mut a: [[f64; N]; N], mut b: [f64; N]) -> [f64; N] {
    for column in 0..N {
        let size = |row: &usize| a.get(*row).and_then(|row| row.get(column)).map_or(0.0, |x| x.abs());
        let pivot = (column..N).max_by(|x, y| size(x).total_cmp(&size(y))).unwrap_or(column);
        a.swap(column, pivot);
        b.swap(column, pivot);
        let (Some(top), Some(right)) = (a.get(column).copied(), b.get(column).copied()) else { continue };
        let Some(lead) = top.get(column).copied().filter(|lead| *lead != 0.0) else { continue };
        for (row, value) in a.iter_mut().zip(&mut b).skip(column + 1) {
            let factor = row.get(column).map_or(0.0, |x| x / lead);
            row.iter_mut().zip(top).for_each(|(x, y)| *x -= factor * y);
            *value -= factor * right;
        }
    }
    let mut x = [0.0; N];
    for row in (0..N).rev() {
        let Some(line) = a.get(row) else { continue };
        let known: f64 = line.iter().zip(&x).skip(row + 1).map(|(c, x)| c * x).sum();
        let lead = line.get(row).copied().filter(|lead| *lead != 0.0).unwrap_or(1.0);
        if let Some(place) = x.get_mut(row) {
            *place = (b.get(row).copied().unwrap_or(0.0) - known) / lead;
        }
    }
    x
}
