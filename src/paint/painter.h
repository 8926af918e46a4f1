/// \file
/// The painter at work on one cel. Comparing the drawings is dear and depends on no correction of a style or
/// a trace line: it is done once, and each correction is solved again on what is known.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "paint/confidence.h"
#include "paint/paint.h"

namespace nakawari {

class Painter {
 public:
  /// Finds the regions and the places where lines may go on, matches lines and compares the drawings. The
  /// job's own fixes are not solved yet. Errors: those of paint().
  /// Cost: nearly all of paint(). Memory: about 15 bytes a pixel of the inked part of each drawing.
  static Result<Painter> of(PaintJob job, const PaintOptions& options = {});

  Painter(Painter&& other) noexcept;
  Painter& operator=(Painter&& other) noexcept;
  ~Painter();

  /// Solves all drawings of the cel with these fixes in place of those of the solution before. The answer
  /// does not depend on what was solved before: it is paint()'s, byte for byte.
  /// Errors: those of reading the painted drawings.
  /// Cost: that of the joint solution; a drawing whose walls changed is compared again.
  Result<void> solve(const PaintFixes& fixes);

  // Of the last solution.

  /// Drawings of which some region, wall or trace line is painted or asked otherwise than in the solution
  /// before; all of them after the first.
  [[nodiscard]] const std::vector<bool>& changed() const;
  [[nodiscard]] const std::vector<std::string>& lost_fixes() const;
  /// The job's model, or the one taken from the references.
  [[nodiscard]] const ColourModel& model() const;
  /// The picture of one drawing, of the whole page. Cost: linear in pixels.
  [[nodiscard]] PaintedDrawing drawing(std::size_t index) const;
  /// What speaks for the best style of each region of a hand-drawn drawing; for fitting.
  [[nodiscard]] std::vector<StyleEvidence> evidence(std::size_t index) const;
  /// The lines that the painter matched itself, both ways, in the pixels of the inked part (PaintPage::crop):
  /// the same whether they were matched or remembered.
  [[nodiscard]] std::vector<PaintRegistration> matched() const;
  /// Its lines, of the whole page.
  [[nodiscard]] LineImage lines(std::size_t index) const;

 private:
  struct State;
  explicit Painter(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace nakawari
