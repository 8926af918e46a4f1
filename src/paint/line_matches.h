/// \file
/// Lines of hand-drawn drawings of a cel that are matched with each other, where nobody knows yet which is
/// which.
#pragma once

#include <vector>

#include "base/parallel.h"
#include "paint/links.h"
#include "paint/paint.h"

namespace nakawari {

/// Drawings that persons made, in order of time; no model's picture.
std::vector<int> hand_drawn(const PaintJob& job);

/// Drawings in order of time.
std::vector<int> in_time(const PaintJob& job);

/// What is known of how the lines of two drawings lie in each other; nullptr where nothing is.
struct Known {
  const Registration* a_in_b = nullptr;
  const Registration* b_in_a = nullptr;
};
Known known_lines(const std::vector<PaintRegistration>& registrations, int a, int b);

/// Pairs of hand-drawn drawings whose lines are worth matching: neighbours of which one is unpainted, and
/// every unpainted drawing with the painted ones most like it. The earlier first.
std::vector<std::pair<int, int>> pairs_to_match(const PreparedCel& cel);

/// Traces and matches these pairs and adds what was found to `cel.registrations`. A drawing that cannot be
/// traced (a scribble, a photograph) is compared by dense motion alone.
void match_hand_drawn(PreparedCel& cel, Threads threads);

}  // namespace nakawari
